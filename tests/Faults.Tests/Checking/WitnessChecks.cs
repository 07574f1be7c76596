using Equecel.Records.V1;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Compares what Analytics holds with what the journals hold.</summary>
internal static class WitnessChecks
{
    /// <summary>Finds versions that Analytics lacks, has beyond the journals, or has otherwise.</summary>
    /// <param name="journal">All journals.</param>
    /// <param name="witness">What Analytics holds.</param>
    /// <param name="read">Header of a stored record, and the hash of its content.</param>
    /// <param name="contentOf">Hash of the content of a row.</param>
    public static IEnumerable<string> Faults(
        IReadOnlyCollection<JournalRow> journal, IReadOnlyCollection<WitnessRow> witness, Func<WitnessRow, (RecordHeader Header, string Content)> read, Func<JournalRow, string> contentOf)
    {
        var held = witness.ToDictionary(row => (row.Service, row.RecordId.ToString(), row.Version));
        foreach (var row in journal)
        {
            if (!held.Remove(row.Key, out var copy))
            {
                yield return $"Analytics lacks {row.Key}";
                continue;
            }

            var (header, content) = read(copy);
            if (!copy.Hash.AsSpan().SequenceEqual(row.Hash) || !header.Hash.Span.SequenceEqual(row.Hash))
            {
                yield return $"Analytics holds another hash of {row.Key}";
            }
            else if (copy.State != row.State || header.Version != row.Version || header.Participant != row.Participant || header.RequestId != row.RequestId.ToString() || content != contentOf(row))
            {
                yield return $"Analytics holds another content of {row.Key}";
            }
        }

        foreach (var beyond in held.Keys.Take(10))
        {
            yield return $"Analytics holds {beyond}, which no journal holds";
        }
    }
}
