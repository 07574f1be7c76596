using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Equecel.Faults.Tests.Checking;

/// <summary>The journal's hashes, computed again from the documented layout and by nothing of the product's.</summary>
/// <remarks>
/// Layout 1. Content hash: SHA-256 over the layout's number, record id, request id, version, origin and state (big-endian), then salt,
/// kind, participant, site, natural key, content, findings, actor, client and reason, each after its length. Hash of a version: SHA-256
/// over the previous version's hash, the content hash and the save time in microseconds since 1970.
/// </remarks>
internal static class HashChain
{
    /// <summary>What is wrong with the hashes of a journal.</summary>
    /// <param name="rows">The rows, in any order.</param>
    public static IEnumerable<string> Faults(IEnumerable<JournalRow> rows)
    {
        foreach (var record in rows.GroupBy(row => (row.Service, row.RecordId)))
        {
            byte[] previous = [];
            foreach (var row in record.OrderBy(row => row.Version))
            {
                if (!row.PreviousHash.AsSpan().SequenceEqual(previous))
                {
                    yield return $"{row.Key} does not follow from the version before it";
                }

                if (!Content(row).AsSpan().SequenceEqual(row.ContentHash))
                {
                    yield return $"{row.Key} has another content than its hash says";
                }

                if (!Version(row).AsSpan().SequenceEqual(row.Hash))
                {
                    yield return $"{row.Key} has another hash than it should";
                }

                previous = row.Hash;
            }
        }
    }

    private static byte[] Content(JournalRow row)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(1);
        bytes.Write(row.RecordId.ToByteArray(bigEndian: true));
        bytes.Write(row.RequestId.ToByteArray(bigEndian: true));
        Write(bytes, row.Version);
        Write(bytes, row.Origin);
        Write(bytes, row.State);
        Write(bytes, row.Salt);
        foreach (var text in (string[])[row.Kind, row.Participant, row.Site, row.NaturalKey ?? ""])
        {
            Write(bytes, Encoding.UTF8.GetBytes(text));
        }

        Write(bytes, row.Content);
        Write(bytes, row.Findings);
        foreach (var text in (string[])[row.Actor, row.Client, row.Reason])
        {
            Write(bytes, Encoding.UTF8.GetBytes(text));
        }

        return SHA256.HashData(bytes.ToArray());
    }

    private static byte[] Version(JournalRow row)
    {
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, (row.SaveTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return SHA256.HashData([.. row.PreviousHash, .. row.ContentHash, .. time]);
    }

    private static void Write(MemoryStream bytes, int value)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, value);
        bytes.Write(number);
    }

    private static void Write(MemoryStream bytes, short value)
    {
        Span<byte> number = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(number, value);
        bytes.Write(number);
    }

    private static void Write(MemoryStream bytes, byte[] field)
    {
        Write(bytes, field.Length);
        bytes.Write(field);
    }
}
