using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class FeedTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task An_empty_database_is_rebuilt_from_the_feeds()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(Participants(600).ToList());

        await using var analytics = await platform.StartAnalyticsAsync();

        var all = (await analytics.CurveOfAsync(1800)).Strata.Single();
        Assert.Equal((600, 600), (all.ParticipantCount, all.EventCount));
        await AnalyticsHost.UntilAsync(async () =>
            await analytics.QueryAsync<string>("select service || ' ' || resume_token from feed_positions order by 1") is ["enrolment 1200", "safety 600"]);
    }

    [Fact]
    public async Task What_comes_through_queue_and_feed_counts_once()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var saved = Participants(200).ToList();
        await using var analytics = await platform.StartAnalyticsAsync();

        var published = platform.Broker.PublishAsync(saved);
        platform.Capture.Saved.Add(saved);
        analytics.CatchUp();
        await published;

        Assert.Equal(200, (await analytics.CurveOfAsync(600)).Strata.Single().EventCount);
        Assert.Equal(600, (await analytics.QueryAsync<long>("select count(*) from record_versions")).Single());
    }

    [Fact]
    public async Task After_a_restart_the_feed_goes_on_where_it_was_left()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(Participants(10).ToList());
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await before.CurveOfAsync(30);
            await AnalyticsHost.UntilAsync(async () => (await before.QueryAsync<string>("select resume_token from feed_positions")).Count == 2);
        }

        var asked = platform.Capture.Saved.Resumed.Count;
        platform.Capture.Saved.Add(Sent.Participation("02-0001"));
        await using var analytics = await platform.StartAnalyticsAsync();

        await analytics.CurveOfAsync(31);
        Assert.DoesNotContain(platform.Capture.Saved.Resumed.Skip(asked), call => call is "enrolment" or "safety");
    }

    [Fact]
    public async Task A_resume_token_that_the_service_does_not_know_begins_anew()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await AnalyticsHost.UntilAsync(() => Task.FromResult(platform.Capture.Saved.Resumed.Count >= 4));
        await analytics.QueryAsync<string>("insert into feed_positions values ('enrolment', 'of another database') returning service");

        platform.Capture.Saved.Add(Sent.Infusion("01-0001", "2024-01-15"));
        analytics.CatchUp();

        Assert.Equal(1, (await analytics.CurveOfAsync(1)).Strata.Single().ParticipantCount);
        await AnalyticsHost.UntilAsync(async () => await analytics.QueryAsync<string>("select resume_token from feed_positions where service = 'enrolment'") is ["1"]);
    }

    [Fact]
    public async Task A_change_that_cannot_be_used_is_parked_and_the_feed_goes_on()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(
            Sent.Death("01-0001", "soon"), Sent.Death("01-0002", "2024-01-25"), Sent.Infusion("01-0002", "2024-01-15"));

        await using var analytics = await platform.StartAnalyticsAsync();

        Assert.Equal(1, (await analytics.CurveOfAsync(2)).Strata.Single().EventCount);
        Assert.Equal(["feed:safety death_date is not a date"], await analytics.QueryAsync<string>("select source || ' ' || reason from parked_messages"));
    }

    [Fact]
    public async Task What_is_parked_from_a_feed_and_fetched_again_is_parked_once()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(Sent.Death("01-0001", "soon"), Sent.Infusion("01-0002", "2024-01-15"));
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(1);
        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<int>("select attempts from parked_messages")).Count > 0);

        using var reconcile = analytics.Client.Reconcile(new(), analytics.Operator);
        await foreach (var step in reconcile.ResponseStream.ReadAllAsync())
        {
            Assert.Equal("", step.Failure);
        }

        Assert.True((await analytics.QueryAsync<int>("select attempts from parked_messages")).Single() > 1);
    }

    [Fact]
    public async Task A_feed_that_is_read_again_is_there_before_its_end()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(Enumerable.Range(1, 600).Select(i => Sent.Infusion($"01-{i:0000}", "2024-01-15")));
        TaskCompletionSource again = new(), rest = new();
        var changes = 0;
        platform.Capture.Saved.BeforeChange = () => Interlocked.Increment(ref changes) switch
        {
            1 => throw new RpcException(new Status(StatusCode.Unavailable, "Not now.")),
            2 => again.Task,
            552 => rest.Task,
            _ => Task.CompletedTask,
        };
        await using var analytics = await platform.StartAnalyticsAsync();
        DateTimeOffset? AwaySince() => analytics.Part<IngestionState>().Figures.Services["enrolment"].FeedAwaySince;

        await AnalyticsHost.UntilAsync(() => Task.FromResult(AwaySince() is not null));
        again.SetResult();
        await AnalyticsHost.UntilAsync(() => Task.FromResult(AwaySince() is null));
        Assert.InRange(changes, 501, 552);
        rest.SetResult();

        await analytics.CurveOfAsync(600);
        Assert.Null(AwaySince());
    }

    /// <summary>Participants who were infused, seen and died: three records each.</summary>
    private static IEnumerable<IMessage> Participants(int count) => Enumerable.Range(1, count).SelectMany(IEnumerable<IMessage> (i) =>
    [
        Sent.Infusion($"01-{i:0000}", "2024-01-15"), Sent.FollowUp($"01-{i:0000}", "2024-03-01"), Sent.Death($"01-{i:0000}", "2024-03-02"),
    ]);
}
