namespace Equecel.Analytics.Comparison;

/// <summary>Tells what differs in one participant between two moments, and which records made it so.</summary>
/// <param name="facts">What is compared.</param>
internal sealed class ParticipantComparison(DerivedFacts facts)
{
    /// <summary>Compares.</summary>
    /// <param name="history">The participant.</param>
    /// <returns>
    /// Null when no fact differs. A record is told with a fact when its change alone, made at the earlier moment or undone at the later
    /// one, makes the fact another; when none does so alone, all records that changed are.
    /// </returns>
    public V1.ParticipantDifference? Compare(ParticipantHistory history)
    {
        var before = facts.Of(history.ToDossier(_ => false));
        var after = facts.Of(history.ToDossier(_ => true));
        string[] differing = [.. DerivedFacts.InOrder(before.Keys.Union(after.Keys).Where(fact => Value(before, fact) != Value(after, fact)))];
        if (differing.Length == 0)
        {
            return null;
        }

        RecordHistory[] changed = [.. history.Records.Where(record => record.IsChanged)];
        var causes = differing.ToDictionary(fact => fact, _ => new List<RecordHistory>());
        foreach (var record in changed)
        {
            var made = facts.Of(history.ToDossier(one => one.RecordId == record.RecordId));
            var undone = facts.Of(history.ToDossier(one => one.RecordId != record.RecordId));
            foreach (var fact in differing.Where(fact => Value(made, fact) != Value(before, fact) || Value(undone, fact) != Value(after, fact)))
            {
                causes[fact].Add(record);
            }
        }

        return new V1.ParticipantDifference
        {
            Participant = history.Participant,
            Site = history.Site,
            Facts =
            {
                differing.Select(fact => new V1.FactDifference
                {
                    Fact = fact,
                    Before = Value(before, fact),
                    After = Value(after, fact),
                    Records = { (causes[fact].Count > 0 ? causes[fact] : [.. changed]).Select(record => record.ToV1()) },
                }),
            },
        };
    }

    private static string Value(IReadOnlyDictionary<string, string> facts, string fact) => facts.GetValueOrDefault(fact, "");
}
