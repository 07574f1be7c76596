using System.Runtime.CompilerServices;
using Equecel.Audit;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Npgsql;

namespace Equecel.Records.Proof;

/// <summary>Checks the whole journal: every version's content and place in its record's chain, the audit events' chain, and the signed checkpoints.</summary>
internal sealed class JournalVerifier(RecordDatabase database, VersionVerifier versions, CheckpointFile file) : IDisposable
{
    // What a check compares must be of one moment.
    private readonly ReaderTurns turns = new(2);

    public async IAsyncEnumerable<VerifiedVersion> VerifyAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(cancellation);
        await using var connection = await database.OpenUnlimitedReaderAsync(cancellation);
        await foreach (var found in VerifyAsync(connection, cancellation))
        {
            yield return found;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private async IAsyncEnumerable<VerifiedVersion> VerifyAsync(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var unsound = new List<VerifiedVersion>();
        await foreach (var (told, fault) in AuditTrail.VerifyAsync(connection, cancellation))
        {
            if (fault.Length > 0)
            {
                unsound.Add(new VerifiedVersion { AuditEvent = told.Number, Hash = told.Hash, Fault = fault });
            }
        }

        await foreach (var version in versions.VerifyAsync(connection, cancellation))
        {
            yield return version;
        }

        foreach (var told in unsound)
        {
            yield return told;
        }

        await foreach (var checkpoint in CheckpointChain.VerifyAsync<Checkpoint>(file, connection, FaultAsync, cancellation))
        {
            yield return checkpoint;
        }

        Task<string> FaultAsync(Checkpoint checkpoint, Checkpoint? previous) => JournalFaultAsync(connection, checkpoint, previous, cancellation);
    }

    private static async Task<string> JournalFaultAsync(NpgsqlConnection connection, Checkpoint checkpoint, Checkpoint? previous, CancellationToken cancellation)
    {
        var from = JournalCursor.Find(checkpoint.From)!.Value;
        var before = from == JournalCursor.Start ? 0 : previous?.Versions ?? 0;
        var segment = await CheckpointSegment.ReadAsync(connection, from, JournalCursor.Find(checkpoint.Position), cancellation);
        return before + segment.Count != checkpoint.Versions ? $"covers {checkpoint.Versions - before} versions, of which {segment.Count} are there"
            : segment.Digest != checkpoint.Digest ? "the versions that it covers are not those that were signed"
            : "";
    }
}
