using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.ServiceDefaults;
using Equecel.Testing;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics.Tests.Datasets;

[Collection(Servers.Name)]
public sealed class SlowExportTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task However_long_a_caller_takes_over_what_was_read_the_moment_stays()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(Sent.Participation("01-0001"), Sent.Participation("01-0002"));
        await analytics.CurveOfAsync(2);

        // The service's own limit is 15 s.
        await using var database = AnalyticsDatabase.Open($"{platform.Database};Options=-c idle_in_transaction_session_timeout=200ms -c enable_seqscan=off");
        await using (var moment = await new DossierReader(database, analytics.Part<IEnumerable<CaptureService>>()).OpenAsync(asOf: null, CancellationToken.None))
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.Equal(["01-0001", "01-0002"], await moment.ReadAsync([], CancellationToken.None).Select(dossier => dossier.Participant).ToListAsync());
        }

        // What writes keeps its limit, on the same connection as well.
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("show idle_in_transaction_session_timeout", connection);
        Assert.Equal("200ms", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Slow_readers_wait_for_each_other_and_nothing_else_for_them()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var turns = analytics.Part<ReaderTurns>();
        var slow = await Task.WhenAll(Enumerable.Range(0, AnalyticsDatabase.SettingsOf(platform.Database).MaxPoolSize / 2).Select(_ => turns.TakeAsync(CancellationToken.None)));

        using var call = analytics.Client.ListSwimmerLanes(new ListSwimmerLanesRequest(), analytics.Study);
        var lanes = call.ResponseStream.ReadAllAsync().ToListAsync().AsTask();
        await platform.Broker.PublishAsync(Sent.Participation("01-0001"), Sent.Infusion("01-0001", "2024-01-15"));
        Assert.Equal(1, (await analytics.CurveOfAsync(2)).Strata.Single().ParticipantCount);
        var table = await analytics.Client.GetTableAsync(new GetTableRequest { Topic = Topic.BestResponse }, analytics.Study);
        Assert.Equal(2, table.Position.VersionCount);
        Assert.False(lanes.IsCompleted);

        Array.ForEach(slow, turn => turn.Dispose());
        Assert.Equal("01-0001", (await lanes)[0].Lane.Participant);
    }
}
