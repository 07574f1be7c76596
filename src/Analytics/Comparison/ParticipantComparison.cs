namespace Equecel.Analytics.Comparison;

/// <summary>Tells what differs in one participant between two moments, and which records made it so.</summary>
internal static class ParticipantComparison
{
    /// <summary>Compares.</summary>
    /// <param name="history">The participant.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    /// <returns>
    /// Null when no fact differs. A record is told with a fact when its change alone, made at the earlier moment or undone at the later
    /// one, makes the fact another; when none does so alone, all records that changed are.
    /// </returns>
    public static V1.ParticipantDifference? Compare(ParticipantHistory history, DateOnly? cutoff)
    {
        var before = DerivedFacts.Of(history.ToDossier(_ => false), cutoff);
        var after = DerivedFacts.Of(history.ToDossier(_ => true), cutoff);
        int[] differing = [.. Enumerable.Range(0, before.Count).Where(i => before[i].Value != after[i].Value)];
        if (differing.Length == 0)
        {
            return null;
        }

        RecordHistory[] changed = [.. history.Records.Where(record => record.IsChanged)];
        var causes = differing.ToDictionary(i => i, _ => new List<RecordHistory>());
        foreach (var record in changed)
        {
            var made = DerivedFacts.Of(history.ToDossier(one => one.RecordId == record.RecordId), cutoff);
            var undone = DerivedFacts.Of(history.ToDossier(one => one.RecordId != record.RecordId), cutoff);
            foreach (var i in differing.Where(i => made[i].Value != before[i].Value || undone[i].Value != after[i].Value))
            {
                causes[i].Add(record);
            }
        }

        return new V1.ParticipantDifference
        {
            Participant = history.Participant,
            Site = history.Site,
            Facts =
            {
                differing.Select(i => new V1.FactDifference
                {
                    Fact = before[i].Fact,
                    Before = before[i].Value,
                    After = after[i].Value,
                    Records = { (causes[i].Count > 0 ? causes[i] : [.. changed]).Select(record => record.ToV1()) },
                }),
            },
        };
    }
}
