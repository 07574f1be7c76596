using System.Diagnostics;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Microsoft.Extensions.Hosting;

namespace Equecel.Records.Deriving;

/// <summary>
/// Follows the journal and derives anew for every participant of whom something was saved. What is derived is saved like any other
/// record: as versions of its own, so that what was sent keeps its versions and every past answer can be had again.
/// </summary>
/// <remarks>
/// It starts again after a failure from where it was. To derive twice changes nothing, since only what differs is saved; of two
/// instances that derive the same the second finds the version taken.
/// </remarks>
internal sealed class Deriver(
    RecordDatabase database, RecordContract contract, DerivedSaver saver, DeriverPosition position, JournalSignal signal, FollowLoop loop)
    : BackgroundService
{
    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        await Task.WhenAll(contract.Forms.Derivations.Select(derivation =>
            loop.RunAsync(derivation.Kind, succeeded => RunAsync(derivation, succeeded, stoppingToken), stoppingToken)));
    }

    private async Task RunAsync(Derivation derivation, Action succeeded, CancellationToken stopping)
    {
        var cursor = await position.ReadAsync(derivation.Position, stopping);
        var (stored, sinceStored) = (cursor, Stopwatch.StartNew());
        while (true)
        {
            var (pulse, read) = (signal.Next, Stopwatch.GetTimestamp());
            var batch = await position.FollowAsync(cursor, stopping);
            if (batch.Count > 0)
            {
                // The last change of a participant explains what is derived of it.
                var causes = new Dictionary<string, string>();
                foreach (var header in batch.Select(version => version.Header)
                    .Where(header => header.Participant.Length > 0 && derivation.Follows(header.Kind) && contract.Forms.IsSent(header.Kind)))
                {
                    causes[header.Participant] = DerivedSaver.Cause(header);
                }

                await saver.SaveAsync(derivation, causes, afresh: false, stopping);
                cursor = batch[^1].Cursor;
            }

            succeeded();

            // A position that is lost only derives again what was derived.
            if (cursor != stored && (batch.Count == 0 || sinceStored.Elapsed > StoreEvery))
            {
                await position.StoreAsync(derivation.Position, cursor, stopping);
                stored = cursor;
                sinceStored.Restart();
            }

            if (batch.Count < JournalFeed.BatchSize)
            {
                await JournalSignal.WaitAsync(pulse, read, JournalSignal.Short, stopping);
            }
        }
    }
}
