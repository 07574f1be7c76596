using Equecel.Analytics.Tests.Support;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.Operations;

[Collection(IngestionServers.Name)]
public sealed class HolesTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task A_hole_below_the_latest_version_is_filled_by_its_owner()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.HasDigests = false;
        var first = Sent.FollowUp("01-0001", "2024-01-25");
        var second = first.Next(record => record.FollowUp.LastKnownAliveDate = "2024-02-04");
        var third = second.Next(record => record.FollowUp.LastKnownAliveDate = "2024-02-05");
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(third);
            await before.CurveOfAsync(1);
            await before.QueryAsync<string>("update record_versions set take_time = take_time - interval '2 minutes'");

            // The feed has been read further, so it does not bring them.
            await before.QueryAsync<string>("insert into feed_positions values ('enrolment', '2')");
        }

        platform.Capture.Saved.Add(first, second);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(3);

        Assert.Equal([1, 2, 3], await analytics.QueryAsync<int>("select version from record_versions order by version"));
    }

    [Fact]
    public async Task A_hole_that_the_owner_cannot_fill_is_an_alarm()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.HasDigests = false;
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.FollowUp("01-0001", "2024-01-25").Next(record => record.FollowUp.LastKnownAliveDate = "2024-02-04"));
            await before.CurveOfAsync(1);
            await before.QueryAsync<string>("update record_versions set take_time = take_time - interval '2 minutes'");
        }

        await using var analytics = await platform.StartAnalyticsAsync();

        await AnalyticsHost.UntilAsync(async () => (await analytics.Client.GetIngestionStatusAsync(new(), analytics.Operator)).HoleCount == 1);
        Assert.Equal(
            ["1 record(s) lack a version below their latest. Their owners were asked; see equecel reconcile."],
            (await analytics.Client.GetIngestionStatusAsync(new(), analytics.Operator)).Alarms);
    }
}
