using System.Runtime.CompilerServices;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Google.Protobuf;
using Npgsql;

namespace Equecel.Records.Proof;

/// <summary>Checks the whole journal: every version's content and place in its record's chain, the audit events' chain, and the signed checkpoints.</summary>
internal sealed class JournalVerifier(RecordDatabase database, CheckpointFile file)
{
    public async IAsyncEnumerable<VerifiedVersion> VerifyAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedReaderAsync(cancellation);
        var redacted = new HashSet<string>();
        var auditHashes = new Dictionary<long, ByteString>();
        var unsound = new List<VerifiedVersion>();
        AuditEvent? previous = null;
        await foreach (var told in AuditTrail.ReadAsync(connection, from: null, to: null, cancellation))
        {
            if (AuditTrail.Fault(told, previous) is { Length: > 0 } fault)
            {
                unsound.Add(new VerifiedVersion { AuditEvent = told.Number, Hash = told.Hash, Fault = fault });
            }

            if (told.Kind == AuditEventKind.Redacted)
            {
                redacted.Add(told.Subject);
            }

            previous = told;
            auditHashes[told.Number] = told.Hash;
        }

        await foreach (var version in VersionsAsync(connection, redacted, cancellation))
        {
            yield return version;
        }

        foreach (var told in unsound)
        {
            yield return told;
        }

        await foreach (var checkpoint in CheckpointsAsync(connection, auditHashes, cancellation))
        {
            yield return checkpoint;
        }
    }

    private static async IAsyncEnumerable<VerifiedVersion> VersionsAsync(
        NpgsqlConnection connection, HashSet<string> redacted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select {StoredVersion.Columns}, j.salt, j.content_hash from journal j order by j.record_id, j.version", connection)
        { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        (string Record, int Version, byte[] Hash) previous = ("", 0, []);
        while (await row.ReadAsync(cancellation))
        {
            var version = StoredVersion.Read(row);
            var header = version.Header;
            previous = previous.Record == header.RecordId ? previous : (header.RecordId, 0, []);
            var fault = JournalProof.Fault(
                version, row.GetFieldValue<byte[]>(8), row.GetFieldValue<byte[]>(StoredVersion.ColumnCount), row.GetFieldValue<byte[]>(StoredVersion.ColumnCount + 1),
                previous.Version, previous.Hash);
            yield return new VerifiedVersion
            {
                RecordId = header.RecordId,
                Version = header.Version,
                Hash = header.Hash,
                Redacted = header.Redaction is not null,
                Fault = fault.Length == 0 && header.Redaction is not null && !redacted.Contains($"{header.RecordId}/{header.Version}")
                    ? "content taken away without an audit event"
                    : fault,
            };
            previous = (header.RecordId, header.Version, header.Hash.ToByteArray());
        }
    }

    private async IAsyncEnumerable<VerifiedVersion> CheckpointsAsync(
        NpgsqlConnection connection, Dictionary<long, ByteString> auditHashes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!file.IsKept)
        {
            yield break;
        }

        using var key = file.OpenKey();
        Checkpoint? previous = null;
        foreach (var (index, line) in file.Lines().Index())
        {
            var checkpoint = Checkpoint.Find(line, key);
            yield return new VerifiedVersion
            {
                Checkpoint = checkpoint?.Number ?? index + 1,
                Fault = checkpoint is null
                    ? "the signature does not hold"
                    : await FaultAsync(connection, checkpoint, previous, auditHashes, cancellation),
            };
            previous = checkpoint ?? previous;
        }
    }

    private static async Task<string> FaultAsync(
        NpgsqlConnection connection, Checkpoint checkpoint, Checkpoint? previous, Dictionary<long, ByteString> auditHashes, CancellationToken cancellation)
    {
        if (checkpoint.Number != (previous?.Number ?? 0) + 1 || checkpoint.Previous != (previous?.LineHash ?? ""))
        {
            return $"does not follow checkpoint {previous?.Number ?? 0}";
        }

        var from = JournalCursor.Find(checkpoint.From)!.Value;
        var before = from == JournalCursor.Start ? 0 : previous?.Versions ?? 0;
        var segment = await CheckpointSegment.ReadAsync(connection, from, JournalCursor.Find(checkpoint.Position), cancellation);
        return before + segment.Count != checkpoint.Versions ? $"covers {checkpoint.Versions - before} versions, of which {segment.Count} are there"
            : segment.Digest != checkpoint.Digest ? "the versions that it covers are not those that were signed"
            : checkpoint.AuditEvents > 0 && Convert.ToHexStringLower((auditHashes.GetValueOrDefault(checkpoint.AuditEvents) ?? ByteString.Empty).Span) != checkpoint.AuditHash
                ? "the audit events that it covers are not those that were signed"
            : "";
    }
}
