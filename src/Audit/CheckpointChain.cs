using System.Runtime.CompilerServices;
using Equecel.Records.V1;
using Npgsql;

namespace Equecel.Audit;

/// <summary>Compares what was signed with what is there.</summary>
public static class CheckpointChain
{
    /// <summary>Every checkpoint in the order of the file, and what is wrong with each. None where none are kept.</summary>
    /// <typeparam name="TCheckpoint">What the service signs.</typeparam>
    /// <param name="file">The checkpoints.</param>
    /// <param name="connection">A connection that reads the audit events.</param>
    /// <param name="findFault">What else is wrong with one, given the one before it; empty for nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<VerifiedVersion> VerifyAsync<TCheckpoint>(
        CheckpointFile file, NpgsqlConnection connection, Func<TCheckpoint, TCheckpoint?, Task<string>> findFault, [EnumeratorCancellation] CancellationToken cancellation)
        where TCheckpoint : AuditCheckpoint
    {
        if (!file.IsKept)
        {
            yield break;
        }

        using var key = file.OpenKey();
        TCheckpoint? previous = null;
        foreach (var (index, line) in file.Lines().Index())
        {
            var checkpoint = AuditCheckpoint.Find<TCheckpoint>(line, key);
            yield return new VerifiedVersion { Checkpoint = checkpoint?.Number ?? index + 1, Fault = await FaultAsync(checkpoint, previous) };
            previous = checkpoint ?? previous;
        }

        async Task<string> FaultAsync(TCheckpoint? checkpoint, TCheckpoint? before)
        {
            if (checkpoint is null)
            {
                return "the signature does not hold";
            }

            if (checkpoint.Number != (before?.Number ?? 0) + 1 || checkpoint.Previous != (before?.LineHash ?? ""))
            {
                return $"does not follow checkpoint {before?.Number ?? 0}";
            }

            var fault = await findFault(checkpoint, before);
            return fault.Length > 0 ? fault : await AuditFaultAsync(connection, checkpoint, cancellation);
        }
    }

    private static async Task<string> AuditFaultAsync(NpgsqlConnection connection, AuditCheckpoint checkpoint, CancellationToken cancellation)
    {
        if (checkpoint.AuditEvents == 0)
        {
            return "";
        }

        var hash = await AuditTrail.FindHashAsync(connection, checkpoint.AuditEvents, cancellation);
        return hash is null ? $"covers {checkpoint.AuditEvents} audit events, of which the last is not there"
            : hash != checkpoint.AuditHash ? "the audit events that it covers are not those that were signed"
            : "";
    }
}
