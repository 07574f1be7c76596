using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Ingestion;

/// <summary>Servers that go away and come back, so each test has its own.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task While_the_database_is_away_messages_wait_and_live_answers_go_on()
    {
        var postgres = await TestPostgres.StartOwnAsync();
        var rabbit = await TestRabbitMq.StartOwnAsync();
        await using (var platform = await Platform.StartAsync(postgres, rabbit))
        await using (var analytics = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
            await analytics.CurveOfAsync(1);

            await postgres.StopAsync();
            await platform.Broker.PublishAsync(Enumerable.Range(2, 300).Select(i => Sent.Infusion($"01-{i:0000}", "2024-01-15")));
            Assert.Equal(1, (await analytics.CurveAsync()).Position.VersionCount);
            var error = await Assert.ThrowsAsync<RpcException>(async () => await analytics.Client.GetSurvivalCurveAsync(
                new() { Endpoint = V1.Endpoint.OverallSurvival, AsOfTime = Sent.SaveTime.AddDays(-1).ToTimestamp() }, analytics.Study));
            Assert.Equal(StatusCode.Unavailable, error.StatusCode);

            await postgres.StartAsync();
            Assert.Equal(301, (await analytics.CurveOfAsync(301)).Strata.Single().ParticipantCount);
            Assert.Empty(await analytics.QueryAsync<string>("select reason from parked_messages"));
            Assert.Equal(0u, (await platform.Broker.DeadAsync()).MessageCount);
        }

        await rabbit.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task When_the_database_stays_away_consuming_stops_and_goes_on_with_it()
    {
        var postgres = await TestPostgres.StartOwnAsync();
        var rabbit = await TestRabbitMq.StartOwnAsync();
        await using (var platform = await Platform.StartAsync(postgres, rabbit))
        await using (var analytics = await platform.StartAnalyticsAsync(new FastClock()))
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
            await analytics.CurveOfAsync(1);

            await postgres.StopAsync();
            await platform.Broker.PublishAsync(Enumerable.Range(2, 100).Select(i => Sent.Infusion($"01-{i:0000}", "2024-01-15")));
            await AnalyticsHost.UntilAsync(async () => await platform.Broker.ConsumersAsync() == 0);
            Assert.Equal(1, (await analytics.CurveAsync()).Position.VersionCount);

            await postgres.StartAsync();
            Assert.Equal(101, (await analytics.CurveOfAsync(101)).Strata.Single().ParticipantCount);
            Assert.Empty(await analytics.QueryAsync<string>("select reason from parked_messages"));
            Assert.Equal(0u, (await platform.Broker.DeadAsync()).MessageCount);
        }

        await rabbit.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task While_the_database_is_read_but_not_written_nothing_is_consumed_and_returned()
    {
        var postgres = await TestPostgres.StartOwnAsync();
        var rabbit = await TestRabbitMq.StartOwnAsync();
        await using (var platform = await Platform.StartAsync(postgres, rabbit))
        await using (var analytics = await platform.StartAnalyticsAsync(new FastClock()))
        {
            await rabbit.LimitDeliveriesAsync(platform.BrokerUri, RecordsTopology.Queue, 2);
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
            await analytics.CurveOfAsync(1);

            await RefuseWritesAsync(analytics, "on");
            await platform.Broker.PublishAsync(Enumerable.Range(2, 100).Select(i => Sent.Infusion($"01-{i:0000}", "2024-01-15")));
            await AnalyticsHost.UntilAsync(async () => await platform.Broker.ConsumersAsync() == 0);
            for (var i = 0; i < 60; i++)
            {
                Assert.Equal(0u, await platform.Broker.ConsumersAsync());
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }

            await RefuseWritesAsync(analytics, "off");
            Assert.Equal(101, (await analytics.CurveOfAsync(101)).Strata.Single().ParticipantCount);
            Assert.Empty(await analytics.QueryAsync<string>("select reason from parked_messages"));
            Assert.Equal(0u, (await platform.Broker.DeadAsync()).MessageCount);
        }

        await rabbit.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task When_the_broker_comes_back_consuming_goes_on_and_the_feeds_are_read_again()
    {
        var postgres = await TestPostgres.StartOwnAsync();
        var rabbit = await TestRabbitMq.StartOwnAsync();
        await using (var platform = await Platform.StartAsync(postgres, rabbit))
        await using (var analytics = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
            await analytics.CurveOfAsync(1);

            await rabbit.StopAsync();
            platform.Capture.Saved.Add(Sent.Infusion("01-0002", "2024-01-15"));
            await rabbit.StartAsync();

            await analytics.CurveOfAsync(2);
            await using var broker = await Broker.ConnectAsync(platform.BrokerUri);
            await AnalyticsHost.UntilAsync(async () => await broker.ConsumersAsync() > 0);
            await broker.PublishAsync(Sent.Infusion("01-0003", "2024-01-15"));
            Assert.Equal(3, (await analytics.CurveOfAsync(3)).Strata.Single().ParticipantCount);
        }

        await rabbit.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task Without_broker_and_services_a_start_is_ready_with_what_is_stored()
    {
        var postgres = await TestPostgres.StartOwnAsync();
        await using (var identity = await TestIdentity.StartAsync())
        {
            var database = await postgres.CreateDatabaseAsync();
            await using var analytics = await AnalyticsHost.StartAsync(database, "amqp://127.0.0.1:1", "http://127.0.0.1:1", identity);
            Assert.Equal(0, (await analytics.CurveAsync()).Position.VersionCount);
        }

        await postgres.DisposeAsync();
    }

    // As with a full disk, what reads goes on.
    private static async Task RefuseWritesAsync(AnalyticsHost analytics, string isRefused)
    {
        await analytics.QueryAsync<int>(
            $"""
            begin read write;
            do $$ begin execute format('alter database %I set default_transaction_read_only = {isRefused}', current_database()); end $$;
            commit;
            """);
        await analytics.QueryAsync<bool>("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
    }
}
