using Equecel.Faults.Tests.Driving;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Compares what feeds told with what the journals hold.</summary>
internal static class FeedChecks
{
    /// <summary>Finds changes that a follower was not told, was told twice, or was told wrongly.</summary>
    /// <param name="who">Who followed.</param>
    /// <param name="told">What it was told.</param>
    /// <param name="journal">What there was to tell, in any order.</param>
    public static IEnumerable<string> Faults(string who, IReadOnlyList<SeenChange> told, IEnumerable<JournalRow> journal)
    {
        var expected = journal.ToDictionary(row => (row.RecordId.ToString(), row.Version), row => Convert.ToHexString(row.Hash));
        var seen = new HashSet<(string, int)>();
        foreach (var change in told)
        {
            if (!seen.Add((change.RecordId, change.Version)))
            {
                yield return $"{who} was told of {change.RecordId} version {change.Version} more than once";
            }
            else if (!expected.TryGetValue((change.RecordId, change.Version), out var hash))
            {
                yield return $"{who} was told of {change.RecordId} version {change.Version}, which is not in the journal";
            }
            else if (hash != change.Hash)
            {
                yield return $"{who} was told another hash of {change.RecordId} version {change.Version} than the journal holds";
            }
        }

        foreach (var missing in expected.Keys.Where(key => !seen.Contains(key)).Take(10))
        {
            yield return $"{who} was never told of {missing.Item1} version {missing.Version}";
        }
    }
}
