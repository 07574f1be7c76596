namespace Equecel.Faults.Tests.Checking;

/// <summary>Compares what was seen on the wire with what is stored.</summary>
internal static class MessageChecks
{
    /// <summary>What begins the id of a message that the examiner itself made.</summary>
    public const string PlantedPrefix = "planted-";

    /// <summary>Finds rows that the relay has put behind it, and that the broker has never confirmed.</summary>
    /// <param name="journal">All journals.</param>
    /// <param name="positions">How far each service's relay says that it has published.</param>
    /// <param name="confirmed">Versions in messages that were confirmed.</param>
    public static IEnumerable<string> Unpublished(
        IEnumerable<JournalRow> journal, IReadOnlyDictionary<string, (ulong Xid, long Seq)> positions, IReadOnlyCollection<string> confirmed)
    {
        var known = confirmed.ToHashSet();
        return journal
            .Where(row => positions.TryGetValue(row.Service, out var position) && (row.Xid, row.Seq).CompareTo(position) <= 0 && !known.Contains($"{row.RecordId}/{row.Version}"))
            .Take(10)
            .Select(row => $"the relay's position is past {row.Key}, which the broker has never confirmed");
    }

    /// <summary>Finds messages that were acknowledged before they were stored.</summary>
    /// <param name="acknowledged">Versions in messages that were acknowledged by then.</param>
    /// <param name="held">Ids of what Analytics holds.</param>
    public static IEnumerable<string> Unstored(IEnumerable<string> acknowledged, IReadOnlySet<string> held) => acknowledged
        .Where(version => !held.Contains(version))
        .Take(10)
        .Select(version => $"a message with {version} was acknowledged, and Analytics has not stored it");
}
