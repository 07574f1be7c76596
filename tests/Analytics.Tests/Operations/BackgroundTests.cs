using Equecel.Analytics.Tests.Support;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.Operations;

/// <summary>Work in the background meets what it cannot read, and goes on.</summary>
[Collection(IngestionServers.Name)]
public sealed class BackgroundTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task A_start_outlives_a_version_that_cannot_be_read_and_loads_once_it_can()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
            await before.CurveOfAsync(1);
            await before.QueryAsync<int>("create table kept as select * from record_versions");
            await before.QueryAsync<int>("update record_versions set content = '\\xff'");
        }

        await using var analytics = await AnalyticsHost.StartAsync(platform.Database, platform.BrokerUri, platform.Capture.Address, platform.Issuer, platform.Log);
        await LoggedAsync(platform, "Warning The cohort cannot be loaded from the database (InvalidProtocolBufferException). Trying again");

        await analytics.QueryAsync<int>("update record_versions set content = kept.content from kept where kept.record_id = record_versions.record_id");
        await analytics.CurveOfAsync(1);
    }

    [Fact]
    public async Task A_participant_who_cannot_be_looked_at_keeps_no_other_waiting()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());
        await platform.Broker.PublishAsync(Sent.Participation("01-0001"));
        await analytics.CurveOfAsync(1);
        await analytics.QueryAsync<int>("update record_versions set content = '\\xff'");
        await analytics.QueryAsync<int>("insert into cross_check_due (participant) values ('01-0001') on conflict (participant) do update set last_time = clock_timestamp()");

        await platform.Broker.PublishAsync(Sent.FollowUp("01-0002", "2024-02-01"), Sent.Death("01-0002", "2024-03-01"));

        await AnalyticsHost.UntilAsync(() => Task.FromResult(platform.Capture.Saved.Asked.Contains("safety 01-0002 E26 death_date")));
        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<string>("select participant from cross_check_due")) is ["01-0001"]);
        await LoggedAsync(platform, "Warning A participant cannot be looked at over several services (InvalidProtocolBufferException). Trying again");
    }

    [Fact]
    public async Task The_watch_outlives_what_it_cannot_read()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());
        await platform.Broker.PublishAsync([0xff, 0x00], id: "some/1");
        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<int>("select attempts from parked_messages")) is [1]);

        // Connections that have the statement prepared would fail in another way.
        await analytics.QueryAsync<int>("alter table parked_messages alter first_time drop default, alter first_time type text using first_time::text");
        await analytics.QueryAsync<bool>("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'analytics_service'");
        await LoggedAsync(platform, "Warning Looking after the stored versions failed: InvalidCastException");

        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
        await analytics.CurveOfAsync(1);
    }

    private static Task LoggedAsync(Platform platform, string text) => AnalyticsHost.UntilAsync(() =>
    {
        lock (platform.Log)
        {
            return Task.FromResult(platform.Log.Exists(line => line.Contains(text, StringComparison.Ordinal)));
        }
    });
}
