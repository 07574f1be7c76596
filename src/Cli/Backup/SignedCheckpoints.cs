using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Equecel.Cli.Backup;

/// <summary>The file in which a service signs what its journal and its audit trail held, a checkpoint a line. Lines about what a restore undid would be told as faults for ever.</summary>
internal static class SignedCheckpoints
{
    /// <summary>Takes the lines of the time that was undone out of the file, and keeps a copy of the whole file as the record of the loss.</summary>
    /// <param name="file">The file; it need not be there.</param>
    /// <param name="end">Where the restored journal ends.</param>
    /// <param name="aside">Name of the copy.</param>
    /// <returns>Number of lines that were taken out.</returns>
    public static int SetAside(string file, JournalEnd end, string aside)
    {
        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        var kept = lines.TakeWhile(line => IsBefore(line, end)).ToList();
        if (kept.Count == lines.Length)
        {
            return 0;
        }

        File.Copy(file, aside);
        // In place, so that it stays the service's own.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.SetLength(kept.Sum(line => Encoding.UTF8.GetByteCount(line) + 1L));
        return lines.Length - kept.Count;
    }

    private static bool IsBefore(string line, JournalEnd end)
    {
        try
        {
            using var checkpoint = JsonDocument.Parse(line.Split('\t')[0]);
            return PositionOf(checkpoint.RootElement).CompareTo((end.Transaction, end.Sequence)) <= 0 && checkpoint.RootElement.GetProperty("auditEvents").GetInt64() <= end.AuditEvents;
        }
        catch (JsonException)
        {
            // What a crash left of a line, or what somebody wrote: the verification tells.
            return true;
        }
    }

    // A service without a journal signs its audit events alone.
    private static (ulong Transaction, long Sequence) PositionOf(JsonElement checkpoint) =>
        checkpoint.TryGetProperty("position", out var position) && position.GetString()!.Split('.') is [var transaction, var sequence]
            ? (ulong.Parse(transaction, NumberStyles.AllowHexSpecifier, null), long.Parse(sequence, NumberStyles.AllowHexSpecifier, null))
            : (0, 0);
}

/// <summary>Where a journal ends.</summary>
/// <param name="Transaction">Transaction id of its last version; 0 when it is empty.</param>
/// <param name="Sequence">Sequence number of that version.</param>
/// <param name="AuditEvents">Number of its last audit event.</param>
internal readonly record struct JournalEnd(ulong Transaction, long Sequence, long AuditEvents)
{
    /// <summary>Asks for it.</summary>
    public static async Task<JournalEnd> FindAsync(Databases databases, string database, CancellationToken cancellation)
    {
        var last = (await databases.AskAsync<string>(
            database, "select coalesce((select xid::text || ' ' || seq::text from journal order by xid desc, seq desc limit 1), '0 0')", cancellation)).Split(' ');
        return new JournalEnd(
            ulong.Parse(last[0], CultureInfo.InvariantCulture), long.Parse(last[1], CultureInfo.InvariantCulture),
            (await FindAuditAsync(databases, database, cancellation)).AuditEvents);
    }

    /// <summary>Asks for the end of an audit trail without a journal.</summary>
    public static async Task<JournalEnd> FindAuditAsync(Databases databases, string database, CancellationToken cancellation) =>
        new(0, 0, await databases.AskAsync<long>(database, "select coalesce(max(number), 0) from audit_events", cancellation));
}
