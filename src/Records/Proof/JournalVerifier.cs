using System.Runtime.CompilerServices;
using Equecel.Audit;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Google.Protobuf;
using Npgsql;

namespace Equecel.Records.Proof;

/// <summary>Checks the whole journal: every version's content and place in its record's chain, the audit events' chain, and the signed checkpoints.</summary>
internal sealed class JournalVerifier(RecordDatabase database, VersionVerifier versions, CheckpointFile file)
{
    public async IAsyncEnumerable<VerifiedVersion> VerifyAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedReaderAsync(cancellation);
        var redacted = new HashSet<string>();
        var auditHashes = new Dictionary<long, ByteString>();
        var unsound = new List<VerifiedVersion>();
        await foreach (var (told, fault) in AuditTrail.VerifyAsync(connection, cancellation))
        {
            if (fault.Length > 0)
            {
                unsound.Add(new VerifiedVersion { AuditEvent = told.Number, Hash = told.Hash, Fault = fault });
            }

            if (told.Kind == AuditEventKind.Redacted)
            {
                redacted.Add(told.Subject);
            }

            auditHashes[told.Number] = told.Hash;
        }

        await foreach (var version in versions.VerifyAsync(redacted, cancellation))
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
