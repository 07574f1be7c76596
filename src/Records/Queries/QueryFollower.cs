using System.Diagnostics;
using Equecel.Records.Deriving;
using Equecel.Records.Store;
using Microsoft.Extensions.Hosting;

namespace Equecel.Records.Queries;

/// <summary>Follows the journal and opens, closes and reopens data queries as the findings of the latest versions have it.</summary>
/// <remarks>
/// It looks at what is stored now, so that to follow the same rows twice changes nothing; of two instances that save the same the
/// second finds the version taken, and looks again. Saves neither wait for it nor know of it.
/// </remarks>
internal sealed class QueryFollower(
    RecordDatabase database, AskedRecords asked, QueryEntries entries, DeriverPosition position, JournalWriter writer, JournalSignal signal,
    FollowLoop loop) : BackgroundService
{
    private const string Position = "data_query 1";
    private const int MaxAttempts = 5;
    private const int MaxSaved = 500;

    // A question may come a moment later: what has gathered by then is one batch.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        await loop.RunAsync(QueryRules.Kind, succeeded => RunAsync(succeeded, stoppingToken), stoppingToken);
    }

    private async Task RunAsync(Action succeeded, CancellationToken stopping)
    {
        var cursor = await position.ReadAsync(Position, stopping);
        var (stored, sinceStored) = (cursor, Stopwatch.StartNew());
        while (true)
        {
            var (pulse, read) = (signal.Next, Stopwatch.GetTimestamp());
            var batch = await SettleAsync(cursor, stopping);
            cursor = batch.Cursor;
            succeeded();

            // A position that is lost only looks again at what was settled.
            if (cursor != stored && sinceStored.Elapsed > StoreEvery)
            {
                await position.StoreAsync(Position, cursor, stopping);
                stored = cursor;
                sinceStored.Restart();
            }

            if (batch.Count < AskedRecords.BatchSize)
            {
                await JournalSignal.WaitAsync(pulse, read, JournalSignal.Short, stopping);
                await Task.Delay(GatherFor, stopping);
            }
        }
    }

    /// <summary>Makes the queries of one batch agree with the data.</summary>
    private async Task<AskedBatch> SettleAsync(JournalCursor after, CancellationToken stopping)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var batch = await asked.FollowAsync(after, stopping);
            var refused = 0;
            foreach (var chunk in entries.Wanting(batch.Records).Chunk(MaxSaved))
            {
                refused += (await writer.SaveAsync(chunk)).Count(outcome => outcome.Refusal is not null);
            }

            if (refused == 0)
            {
                return batch;
            }

            // Somebody answered or closed meanwhile: look again at what is stored now.
        }

        throw new InvalidOperationException($"Data queries could not be saved in {MaxAttempts} attempts.");
    }
}
