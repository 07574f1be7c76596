using System.Diagnostics.Metrics;
using Equecel.Audit;
using Equecel.Records.Relaying;
using Equecel.Records.Store;
using Equecel.ServiceDefaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equecel.Records.Proof;

/// <summary>Measures every few seconds how far the relay is behind and how old the horizon is, as long as somebody collects the figures.</summary>
internal sealed class JournalMetrics : BackgroundService
{
    private const string Sql = $"""
        with stored as (select xid, seq from relay_positions where exchange = '{RelayChannel.Exchange}'),
        told as (select coalesce((select xid from stored), '0'::xid8) as xid, coalesce((select seq from stored), 0) as seq),
        waiting as (select j.save_time from told, journal j where (j.xid, j.seq) > (told.xid, told.seq) order by j.xid, j.seq limit 100000)
        select count(*), coalesce(extract(epoch from clock_timestamp() - min(save_time)), 0)::double precision,
            (select transactions from horizon_age()), (select seconds from horizon_age())
        from waiting
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly RecordDatabase database;
    private readonly ILogger logger;
    private readonly Meter meter = new("Equecel.Records");
    private readonly Gauge<long> unpublished;
    private readonly Gauge<double> oldestUnpublished;
    private readonly Gauge<long> horizonTransactions;
    private readonly Gauge<double> horizonSeconds;

    public JournalMetrics(RecordDatabase database, ILogger<JournalMetrics> logger)
    {
        (this.database, this.logger) = (database, logger);
        unpublished = meter.CreateGauge<long>("equecel.relay.unpublished", description: "Journal rows that wait to be published; no more than 100,000 are counted.");
        oldestUnpublished = meter.CreateGauge<double>("equecel.relay.oldest_unpublished", "s", "How long the oldest of them has waited.");
        horizonTransactions = meter.CreateGauge<long>("equecel.journal.horizon_age", description: "Transactions since the oldest one that still writes began.");
        horizonSeconds = meter.CreateGauge<double>("equecel.journal.horizon_age_seconds", "s", "How long ago that was.");
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (unpublished.Enabled)
            {
                await MeasureAsync(stoppingToken);
            }

            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MeasureAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenReaderAsync(cancellation);
            await using var command = new NpgsqlCommand(Sql, connection);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            unpublished.Record(row.GetInt64(0));
            oldestUnpublished.Record(row.GetDouble(1));
            horizonTransactions.Record(row.GetInt64(2));
            horizonSeconds.Record(row.GetDouble(3));
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e) || e is Grpc.Core.RpcException or OperationCanceledException)
        {
            // What cannot be measured now is measured the next time; the database's absence shows elsewhere.
        }
        catch (Exception e)
        {
            logger.LogWarning("The journal cannot be measured: {Failure}. It is tried again", BackgroundFailure.Count("journal metrics", e));
        }
    }
}
