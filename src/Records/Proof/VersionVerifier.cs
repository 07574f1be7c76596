using System.Runtime.CompilerServices;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Equecel.Records.Proof;

/// <summary>Checks the versions of the whole journal: every version's content, its place in its record's chain, that none is missing or put there, and that the current state follows from it.</summary>
internal sealed class VersionVerifier(RecordContract contract, JournalSeal seal)
{
    /// <summary>Checks, as of one moment.</summary>
    /// <param name="connection">A connection of the role that reads the rows of all sites.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Every version in the order of record and version, with what is wrong with it.</returns>
    public async IAsyncEnumerable<VerifiedVersion> VerifyAsync(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The versions of one record at a time: whether a version is the latest shows only at the next.
        var record = new List<JournalRow>();
        await using var command = new NpgsqlCommand(JournalRow.Sql, connection)
        {
            Parameters = { new() { Value = (short)AuditEventKind.Redacted } },
            CommandTimeout = 0,
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var row = JournalRow.Read(rows);
            if (record.Count > 0 && record[0].RecordId != row.RecordId)
            {
                foreach (var version in Verify(record))
                {
                    yield return version;
                }

                record.Clear();
            }

            record.Add(row);
        }

        foreach (var version in Verify(record))
        {
            yield return version;
        }
    }

    private IEnumerable<VerifiedVersion> Verify(List<JournalRow> record)
    {
        var latest = record.FindLast(row => row.InJournal)?.Version;
        JournalRow? previous = null;
        foreach (var same in record.GroupBy(row => row.Version))
        {
            var row = same.First();
            var fault = same.Skip(1).Any() ? JournalFault.Twice
                : row.InJournal ? JournalProof.Find(row, previous, seal)
                : null;
            fault ??= row.Saved is { IsRedacted: true, IsRedactionTold: false } ? JournalFault.TakenAway : null;
            fault ??= CurrentStateProof.Find(row, row.Version == latest, contract);
            yield return Describe(row, fault);
            previous = row.InJournal ? row : previous;
        }
    }

    private static VerifiedVersion Describe(JournalRow row, JournalFault? fault) => new()
    {
        RecordId = row.RecordId.ToString(),
        Version = row.Version,
        Hash = UnsafeByteOperations.UnsafeWrap(row.Saved?.Hash ?? []),
        SaveTime = row.Saved is { } saved && saved.SaveTime > DateTime.UnixEpoch && saved.SaveTime.Year < 9000 ? Timestamp.FromDateTime(saved.SaveTime) : null,
        Redacted = row.Saved?.IsRedacted == true,
        Fault = fault?.What ?? "",
        Advice = fault?.Advice ?? "",
    };
}
