using Equecel.Faults.Tests.Driving;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Compares what was answered with what the journals hold.</summary>
internal static class SaveChecks
{
    private const short Retracted = 2;

    /// <summary>Finds what is not so: acknowledged and not there once as sent, refused and there, there and never sent.</summary>
    /// <param name="history">What was sent and answered.</param>
    /// <param name="journal">All journals.</param>
    /// <param name="contentOf">Hash of the content of a row.</param>
    public static IEnumerable<string> Faults(IReadOnlyCollection<History.Entry> history, IReadOnlyCollection<JournalRow> journal, Func<JournalRow, string> contentOf)
    {
        // What services derive and ask by themselves nobody sent.
        var rows = journal.Where(row => !row.Client.EndsWith("-service", StringComparison.Ordinal)).ToLookup(row => (row.Service, row.Client, row.RequestId));
        var sent = history.GroupBy(entry => (entry.Intent.Service, entry.Intent.Client, entry.Intent.RequestId)).ToList();
        foreach (var request in sent)
        {
            var stored = rows[request.Key].ToList();
            foreach (var fault in request.SelectMany(entry => Faults(entry, stored, contentOf)))
            {
                yield return fault;
            }

            if (stored.Count > 0 && request.All(entry => entry.Outcome.Kind == AnswerKind.Refused))
            {
                yield return $"intent {request.First().Intent.Id}: was refused ({request.First().Outcome.Status}), and is in the journal as {stored[0].Key}";
            }
        }

        var known = sent.Select(request => request.Key).ToHashSet();
        foreach (var stray in rows.Where(request => !known.Contains(request.Key)))
        {
            yield return $"{stray.First().Key} is in the journal, and nobody sent request {stray.Key.RequestId}";
        }
    }

    private static IEnumerable<string> Faults(History.Entry entry, List<JournalRow> stored, Func<JournalRow, string> contentOf)
    {
        var intent = entry.Intent;
        var outcome = entry.Outcome;
        var answers = entry.Answers.Where(answer => answer.Kind != AnswerKind.Unknown).Select(answer => (answer.Kind, answer.RecordId, answer.Version)).Distinct().ToList();
        if (answers.Count > 1)
        {
            yield return $"intent {intent.Id}: request {intent.RequestId} was answered in different ways: {string.Join(", ", answers)}";
        }

        if (outcome.Kind == AnswerKind.Unknown)
        {
            yield return $"intent {intent.Id}: has no answer after {entry.Attempts} attempts ({entry.Answers.LastOrDefault()?.Status}), long after the faults";
        }

        if (outcome.Kind == AnswerKind.Refused && intent.Expectation == Expectation.Saved)
        {
            yield return $"intent {intent.Id}: {intent.Verb} of {intent.Participant} was refused, and nothing was wrong with it: {outcome.Status}";
        }

        if (outcome.Kind == AnswerKind.Acknowledged && intent.Expectation == Expectation.Refused)
        {
            yield return $"intent {intent.Id}: {intent.Verb} of {intent.Participant} was saved, and should have been refused";
        }

        if (outcome.Kind == AnswerKind.Acknowledged)
        {
            var fault = stored.Count != 1 ? $"is in the journal {stored.Count} times"
                : (stored[0].RecordId.ToString(), stored[0].Version) != (outcome.RecordId, outcome.Version) ? $"is in the journal as {stored[0].Key}"
                : contentOf(stored[0]) != intent.Content ? "is in the journal with other content"
                : stored[0].State == Retracted != intent.Retracts ? "is in the journal in the other state"
                : stored[0].Participant != intent.Participant ? $"is in the journal under {stored[0].Participant}"
                : intent.ExpectedVersion + 1 != outcome.Version || (intent.RecordId.Length > 0 && intent.RecordId != outcome.RecordId) ? "is not the version that was meant"
                : null;
            if (fault is not null)
            {
                yield return $"intent {intent.Id}: request {intent.RequestId} was acknowledged as {outcome.RecordId} version {outcome.Version} and {fault}";
            }
        }
    }
}
