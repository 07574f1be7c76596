using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>Checks submissions against what is known, and saves those that pass.</summary>
internal sealed class RecordSaver(
    IParticipantDirectory directory, ParticipantRecords records, ParticipantTurns turns, Journal journal, JournalWriter writer)
{
    // Only another instance of this service can save in between; it has as many turns.
    private const int MaxJudgements = 20;

    /// <summary>Checks and saves one, with whatever else arrives at the same time.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="cancellation">Ends the call before the save begins.</param>
    /// <returns>What became of it; neither stored nor refused when it was only to be checked.</returns>
    public async Task<SaveOutcome> SaveAsync(Submission submission, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync([submission], cancellation);
        for (var judgement = 1; judgement <= MaxJudgements; judgement++)
        {
            if (await SaveOnceAsync(submission, cancellation) is { Outdated: false } outcome)
            {
                return outcome;
            }
        }

        throw ParticipantTurns.Busy();
    }

    /// <summary>Checks and saves many in their order. Answers for each.</summary>
    /// <param name="submissions">The submissions.</param>
    /// <param name="foreseen">What rows that were only to be checked would have changed; these rows add to it.</param>
    /// <param name="cancellation">Ends the call before a save begins.</param>
    public async Task<SaveOutcome[]> SaveAsync(
        IReadOnlyList<Submission> submissions, Foresight foreseen, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(submissions, cancellation);
        var outcomes = new SaveOutcome[submissions.Count];
        List<int> open = [.. Enumerable.Range(0, submissions.Count)];
        for (var judgement = 1; judgement <= MaxJudgements; judgement++)
        {
            foreach (var (n, outcome) in (await SaveOnceAsync(open.ConvertAll(i => submissions[i]), foreseen, cancellation)).Index())
            {
                outcomes[open[n]] = outcome;
            }

            // What was refused for a row that is judged again may pass after that.
            var outdated = open.Where(i => outcomes[i].Outdated).Select(i => submissions[i].Code).ToHashSet();
            open.RemoveAll(i => !outdated.Contains(submissions[i].Code) || outcomes[i] is { Outdated: false, Refusal: null });
            if (open.Count == 0)
            {
                return outcomes;
            }
        }

        throw ParticipantTurns.Busy();
    }

    private async Task<SaveOutcome> SaveOnceAsync(Submission submission, CancellationToken cancellation)
    {
        var (facts, others) = await KnownAsync([submission], OthersOf([submission]), cancellation);
        var refusal = submission.Judge(facts, others);
        if (refusal is not null && await AfreshAsync([submission], facts, cancellation) is { Count: > 0 } changed)
        {
            refusal = submission.Judge(changed, others);
        }

        if (refusal is not null)
        {
            return (await RepeatsAsync([(submission, refusal)], cancellation))[0];
        }

        if (submission.Header.ValidateOnly)
        {
            return (await journal.ForeseeAsync([submission.ToEntry()], cancellation))[0];
        }

        return (await SavedAsync([submission], async () => [await writer.SaveAsync(submission.ToEntry(others), cancellation)]))[0];
    }

    private async Task<SaveOutcome[]> SaveOnceAsync(List<Submission> submissions, Foresight foreseen, CancellationToken cancellation)
    {
        // A form that there may be one of is judged by itself, and counts for later rows unless there is one.
        var unique = submissions.Where(submission => submission.Form.Subject == FormSubject.Participant && submission is { Context.New: true, NaturalKey: not null });
        var (known, others) = await KnownAsync(submissions, [.. OthersOf(submissions).Union(unique.Select(submission => submission.Context.Participant))], cancellation);
        // What earlier rows will have changed is known to later ones before it is saved.
        var facts = new Dictionary<string, ParticipantFacts>(known);
        foreach (var code in submissions.SelectMany(CodesOf).Where(foreseen.Facts.ContainsKey))
        {
            facts[code] = foreseen.Facts[code];
        }

        others.Add(foreseen.Others, submissions.Select(submission => submission.Context.Participant).Distinct());
        var outcomes = new SaveOutcome[submissions.Count];
        var refused = new List<int>();
        var checkedOnly = new List<int>();
        var waves = new Waves();
        for (var i = 0; i < submissions.Count; i++)
        {
            if (submissions[i].Judge(facts, others) is { } refusal)
            {
                outcomes[i] = new SaveOutcome(null, false, refusal);
                refused.Add(i);
            }
            else
            {
                Take(i);
            }
        }

        var changed = await AfreshAsync(refused.ConvertAll(i => submissions[i]), facts, cancellation);
        foreach (var i in refused.Where(i => changed.ContainsKey(submissions[i].Code) && submissions[i].Judge(changed, others) is null).ToList())
        {
            refused.Remove(i);
            Take(i);
        }

        await AnswerRepeatsAsync(submissions, refused, outcomes, cancellation);
        var entries = checkedOnly.ConvertAll(i => submissions[i].ToEntry());
        var answers = entries.Count == 0 ? [] : await journal.ForeseeAsync(entries, cancellation);
        foreach (var (n, i) in checkedOnly.Index())
        {
            outcomes[i] = foreseen.AfterOthers(entries[n], answers[n]);
        }

        foreach (var wave in waves.InOrder())
        {
            await SaveWaveAsync(submissions, wave, others, outcomes, cancellation);
        }

        return outcomes;

        void Take(int i)
        {
            var submission = submissions[i];
            if (submission.Header.ValidateOnly)
            {
                checkedOnly.Add(i);
            }
            else
            {
                waves.Add(i, submission);
            }

            // The journal has the last word on a row that does not count; no other row is judged by it.
            if (!others.Add(submission))
            {
                return;
            }

            if (submission.Header.ValidateOnly)
            {
                foreseen.Others.Foresee(submission);
            }

            if (submission.Context.New
                && directory.After(facts.GetValueOrDefault(submission.Code), submission.Context, submission.Message) is { } after)
            {
                facts[submission.Code] = after;
                if (submission.Header.ValidateOnly)
                {
                    foreseen.Facts[submission.Code] = after;
                }
            }
        }
    }

    private static IEnumerable<string> CodesOf(Submission submission)
    {
        if (submission.Subject is { } subject)
        {
            yield return subject;
        }

        // Who is being enrolled or registered is not known yet.
        if (submission.Form.Subject != FormSubject.Participant && !submission.Context.New)
        {
            yield return submission.Code;
        }
    }

    /// <summary>What has changed of participants whose forms would be refused: what was known of them may be older than what Enrolment has saved since.</summary>
    private async Task<IReadOnlyDictionary<string, ParticipantFacts>> AfreshAsync(
        IReadOnlyList<Submission> refused, IReadOnlyDictionary<string, ParticipantFacts> known, CancellationToken cancellation)
    {
        // Of somebody who is not known nothing is kept.
        var codes = refused.Select(submission => submission.Context.Participant).Where(known.ContainsKey).Distinct().ToList();
        var afresh = codes.Count == 0 ? new Dictionary<string, ParticipantFacts>() : await directory.FindAfreshAsync(codes, cancellation);
        return afresh.Where(now => !now.Value.Equals(known[now.Key])).ToDictionary();
    }

    /// <summary>Waits for the participants whose other records forms are judged by that are to be saved.</summary>
    private ValueTask<ParticipantTurns.Turn> TakeTurnAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellation) => turns.TakeAsync(
        OthersOf([.. submissions.Where(submission => !submission.Header.ValidateOnly)]), cancellation);

    /// <summary>Participants whose other records the checks of forms look at.</summary>
    private static List<string> OthersOf(IReadOnlyList<Submission> submissions) =>
        [.. submissions.Where(submission => submission.Form.ReadsOthers).Select(submission => submission.Context.Participant).Distinct()];

    /// <summary>What submissions are judged by: who the participants are, and other records of some. Neither read waits for the other.</summary>
    private async Task<(IReadOnlyDictionary<string, ParticipantFacts> Facts, OtherRecords Others)> KnownAsync(
        IReadOnlyList<Submission> submissions, List<string> othersOf, CancellationToken cancellation)
    {
        var facts = directory.FindAsync(submissions.SelectMany(CodesOf).Distinct().ToList(), cancellation).AsTask();
        var others = othersOf.Count == 0 ? Task.FromResult(new OtherRecords()) : records.OthersAsync(othersOf, cancellation);
        await Task.WhenAll(facts, others);
        return (await facts, await others);
    }

    private async Task SaveWaveAsync(
        List<Submission> submissions, List<int> wave, OtherRecords others, SaveOutcome[] outcomes, CancellationToken cancellation)
    {
        // A row that counted on an earlier one which must be judged again is judged after that.
        var outdated = submissions.Index().Where(row => outcomes[row.Index].Outdated).Select(row => row.Item.Code).ToHashSet();
        wave.RemoveAll(i => outdated.Contains(submissions[i].Code) && (outcomes[i] = new SaveOutcome { Outdated = true }).Outdated);

        // A row that counted on an earlier one of this chunk, which the journal then refused, is judged again.
        var refused = submissions.Index()
            .Where(row => row.Item.Form.Subject != FormSubject.Participant && outcomes[row.Index].Refusal is not null)
            .Select(row => row.Item.Code).ToHashSet();
        var doubtful = wave.Where(i => submissions[i].Subject is { } subject && refused.Contains(subject)).ToList();
        if (doubtful.Count > 0)
        {
            var known = await directory.FindAsync(doubtful.Select(i => submissions[i].Subject!).Distinct().ToList(), cancellation);
            foreach (var i in doubtful)
            {
                if (submissions[i].Judge(known, others) is { } refusal)
                {
                    outcomes[i] = new SaveOutcome(null, false, refusal);
                    wave.Remove(i);
                }
            }
        }

        var saved = wave.Count == 0 ? [] : await SavedAsync(wave.ConvertAll(i => submissions[i]), () => writer.SaveAsync(wave.ConvertAll(i => submissions[i].ToEntry(others))));
        foreach (var (n, i) in wave.Index())
        {
            outcomes[i] = saved[n];
            if (saved[n] is { Stored: not null, Repeated: false })
            {
                others.MoveOn(submissions[i]);
            }
        }
    }

    /// <summary>Saves, and has the directory take note. What may have been saved before without its answer having come, it reads again.</summary>
    private async Task<SaveOutcome[]> SavedAsync(IReadOnlyList<Submission> submissions, Func<Task<SaveOutcome[]>> save)
    {
        var outcomes = Array.Empty<SaveOutcome>();
        try
        {
            return outcomes = await save();
        }
        finally
        {
            foreach (var (i, submission) in submissions.Index().Where(one => outcomes.Length == 0 || outcomes[one.Index].Stored is not null))
            {
                var isNew = submission.Context.New && outcomes.Length > 0 && !outcomes[i].Repeated;
                directory.Saved(submission.Context, isNew ? submission.Message : null);
            }
        }
    }

    private async Task AnswerRepeatsAsync(
        List<Submission> submissions, List<int> refused, SaveOutcome[] outcomes, CancellationToken cancellation)
    {
        if (refused.Count == 0)
        {
            return;
        }

        var answers = await RepeatsAsync([.. refused.Select(i => (submissions[i], outcomes[i].Refusal!))], cancellation);
        for (var n = 0; n < refused.Count; n++)
        {
            outcomes[refused[n]] = answers[n];
        }
    }

    /// <summary>What would be refused now may have been saved before, when it was right: the same request has the same answer.</summary>
    private async Task<SaveOutcome[]> RepeatsAsync((Submission Submission, RpcException Refusal)[] refused, CancellationToken cancellation)
    {
        var stored = await journal.FindRequestsAsync(
            [.. refused.Select(row => row.Submission.Request)], cancellation);
        return Array.ConvertAll(refused, row =>
            stored.TryGetValue(row.Submission.Request, out var version)
                ? Journal.Repeat(row.Submission.ToEntry(), version)
                : new SaveOutcome(null, false, row.Refusal));
    }
}
