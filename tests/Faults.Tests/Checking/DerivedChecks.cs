namespace Equecel.Faults.Tests.Checking;

/// <summary>What a version tells of what is derived.</summary>
/// <param name="Source">The record that it is derived from; null of a form that was sent.</param>
/// <param name="Says">What a form and that which is derived of it both say.</param>
internal sealed record DerivationPart(string? Source, string Says);

/// <summary>Compares what services derive with the forms that they derive it of.</summary>
internal static class DerivedChecks
{
    private const short Active = 1;

    /// <summary>Finds forms of which not one record is derived, or one of an earlier version, and what is derived of a form that does not count.</summary>
    /// <param name="journal">All journals.</param>
    /// <param name="partOf">What a row tells; null for one that has no part in it.</param>
    public static IEnumerable<string> Faults(IEnumerable<JournalRow> journal, Func<JournalRow, DerivationPart?> partOf)
    {
        var counting = journal.GroupBy(row => (row.Service, row.RecordId)).Select(record => record.MaxBy(row => row.Version)!)
            .Where(row => row.State == Active).Select(row => (Row: row, Part: partOf(row)))
            .Where(version => version.Part is not null).Select(version => (version.Row, Part: version.Part!)).ToList();
        var derived = counting.Where(version => version.Part.Source is not null).ToLookup(version => (version.Row.Service, version.Part.Source!));
        var sent = counting.Where(version => version.Part.Source is null).ToDictionary(version => (version.Row.Service, version.Row.RecordId.ToString()));
        foreach (var (key, form) in sent)
        {
            var own = derived[key].ToList();
            if (own.Count != 1)
            {
                yield return $"{own.Count} records are derived of {form.Row.Key}";
            }
            else if (own[0].Part.Says != form.Part.Says)
            {
                yield return $"{own[0].Row.Key}, derived of {form.Row.Key}, says {own[0].Part.Says} where that says {form.Part.Says}";
            }
        }

        foreach (var stray in derived.Where(group => !sent.ContainsKey(group.Key)).SelectMany(group => group))
        {
            yield return $"{stray.Row.Key} is derived of record {stray.Part.Source}, which does not count";
        }
    }
}
