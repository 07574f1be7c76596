using Equecel.Analytics.Tests.Support;
using Equecel.Records.V1;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.CrossChecks;

/// <summary>What the services are told as versions are taken in, with the real database and broker.</summary>
[Collection(Servers.Name)]
public sealed class CrossCheckFollowerTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    private const string Due = "select participant from cross_check_due order by participant";

    [Fact]
    public async Task A_history_is_looked_at_and_what_disagrees_is_told_to_the_service_that_holds_it()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());

        await platform.Broker.PublishAsync(Sent.Site("01"), Sent.Participation("01-0001"), Sent.FollowUp("01-0001", "2024-02-01"), Sent.Death("01-0001", "2024-03-01"));
        await platform.Broker.PublishAsync(Sent.Participation("01-0002"), Sent.Death("01-0002", "2024-03-01"));

        await AnalyticsHost.UntilAsync(async () => platform.Capture.Saved.Asked.Count > 0 && (await analytics.QueryAsync<string>(Due)).Count == 0);
        Assert.Equal(["safety 01-0001 E26 death_date"], platform.Capture.Saved.Asked);
    }

    [Fact]
    public async Task A_service_that_is_away_is_told_later_and_the_others_now()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Deaf.Add("safety");
        var early = Sent.Death("01-0002", "2024-01-01");
        await using (var before = await platform.StartAnalyticsAsync(new FastClock()))
        {
            await platform.Broker.PublishAsync(Sent.FollowUp("01-0001", "2024-02-01"), Sent.Death("01-0001", "2024-03-01"));
            await platform.Broker.PublishAsync(early, Sent.FollowUp("01-0002", "2024-02-01"));
            await AnalyticsHost.UntilAsync(() => Task.FromResult(platform.Capture.Saved.Asked.Any()));
            Assert.All(platform.Capture.Saved.Asked, asked => Assert.Equal("enrolment 01-0002 E25 last_known_alive_date", asked));
        }

        // The next process goes on with who is left.
        platform.Capture.Saved.Hear("safety");
        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());
        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<string>(Due)).Count == 0);
        Assert.Contains("safety 01-0001 E26 death_date", platform.Capture.Saved.Asked);
        Assert.Contains("safety 01-0002 E26 death_date", platform.Capture.Saved.Asked);
    }

    [Fact]
    public async Task A_question_that_arrives_after_its_reason_is_gone_is_closed()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());

        await platform.Broker.PublishAsync(Sent.Participation("01-0001"), Sent.Query("01-0001", DataQuery.Types.State.Open));

        await AnalyticsHost.UntilAsync(() => Task.FromResult(platform.Capture.Saved.Asked.Any()));
        Assert.Equal("enrolment 01-0001", platform.Capture.Saved.Asked[0]);
    }

    [Fact]
    public async Task A_database_from_before_has_everybody_looked_at()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using (var before = await platform.StartAnalyticsAsync(new FastClock()))
        {
            await platform.Broker.PublishAsync(Sent.FollowUp("01-0001", "2024-02-01"), Sent.Death("01-0001", "2024-03-01"));
            await AnalyticsHost.UntilAsync(async () => platform.Capture.Saved.Asked.Count == 1 && (await before.QueryAsync<string>(Due)).Count == 0);
            await before.QueryAsync<int>("drop table cross_check_due");
        }

        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());
        await AnalyticsHost.UntilAsync(() => Task.FromResult(platform.Capture.Saved.Asked.Count == 2));
        Assert.Equal("safety 01-0001 E26 death_date", platform.Capture.Saved.Asked[1]);
    }
}
