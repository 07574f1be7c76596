using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Testing;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Operations;

[Collection(IngestionServers.Name)]
public sealed class ReplayTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task When_its_cause_is_gone_a_parked_message_is_taken_in_and_stays_marked()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.QueryAsync<string>("alter table record_versions add constraint nobody_dies check (kind <> 'death')");
        var death = Sent.Death("01-0001", "2024-01-25");
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), death);
        await analytics.CurveOfAsync(1);
        await AnalyticsHost.UntilAsync(async () => await ParkedAsync(analytics) is ["cannot be stored"]);
        await analytics.QueryAsync<string>("alter table record_versions drop constraint nobody_dies");

        var replayed = Assert.Single(await ReplayAsync(analytics, request => request.Reason = "cannot be stored"));

        Assert.Equal((true, $"{death.Header.RecordId}/1", ""), (replayed.Taken, replayed.MessageId, replayed.Reason));
        Assert.Equal(1, (await analytics.CurveOfAsync(2)).Strata.Single().EventCount);
        Assert.Empty(await ParkedAsync(analytics));
        var kept = Assert.Single((await analytics.Client.ListParkedMessagesAsync(new() { IncludeReplayed = true }, analytics.Operator)).Messages);
        Assert.NotNull(kept.ReplayTime);
        Assert.Equal(("analytics.records.v1", "safety.death", 1), (kept.Source, kept.RoutingKey, kept.AttemptCount));
        Assert.Equal(0, kept.BodySizeBytes);
        Assert.Equal([0], await analytics.QueryAsync<int>("select length(body) from parked_messages"));
        Assert.Empty(await ReplayAsync(analytics, request => request.All = true));
    }

    [Fact]
    public async Task What_is_at_fault_itself_stays_parked_and_says_why()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync([0xff, 0xff], id: "some/1");
        await platform.Broker.PublishAsync(Sent.Death("01-0001", "soon"));
        await AnalyticsHost.UntilAsync(async () => (await ParkedAsync(analytics)).Count == 2);

        var replayed = await ReplayAsync(analytics, request => request.All = true);

        Assert.Equal([(false, "not protobuf"), (false, "death_date is not a date")], replayed.Select(one => (one.Taken, one.Reason)));
        var page = await analytics.Client.ListParkedMessagesAsync(new() { PageSize = 1 }, analytics.Operator);
        Assert.Equal((2, 2L, "some/1"), (page.Messages.Single().AttemptCount, page.Messages.Single().BodySizeBytes, page.Messages.Single().MessageId));
        var rest = await analytics.Client.ListParkedMessagesAsync(new() { PageToken = page.NextPageToken }, analytics.Operator);
        Assert.Equal(("death_date is not a date", ""), (rest.Messages.Single().Reason, rest.NextPageToken));
    }

    [Fact]
    public async Task A_message_that_was_replayed_and_comes_again_to_no_use_has_its_body_again()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync([0xff, 0xff], id: "some/1");
        await AnalyticsHost.UntilAsync(async () => (await ParkedAsync(analytics)).Count == 1);
        await analytics.QueryAsync<string>("update parked_messages set replay_time = clock_timestamp(), body = ''");

        await platform.Broker.PublishAsync([0xff, 0xff], id: "some/1");
        await AnalyticsHost.UntilAsync(async () => (await ParkedAsync(analytics)).Count == 1);

        Assert.Equal([0xff, 0xff], (await analytics.QueryAsync<byte[]>("select body from parked_messages")).Single());
    }

    [Fact]
    public async Task A_message_of_a_feed_is_replayed_as_well()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await before.QueryAsync<string>("alter table record_versions add constraint nobody_dies check (kind <> 'death')");
        }

        platform.Capture.Saved.HasDigests = false;
        platform.Capture.Saved.Add(Sent.Death("01-0001", "2024-01-25"), Sent.Infusion("01-0001", "2024-01-15"));
        await using var analytics = await platform.StartAnalyticsAsync();
        await AnalyticsHost.UntilAsync(async () => await ParkedAsync(analytics) is ["cannot be stored"]);
        await analytics.QueryAsync<string>("alter table record_versions drop constraint nobody_dies");
        var id = (await analytics.Client.ListParkedMessagesAsync(new(), analytics.Operator)).Messages.Single().ParkedId;

        Assert.True(Assert.Single(await ReplayAsync(analytics, request => request.ParkedIds.Add(id))).Taken);

        Assert.Equal(1, (await analytics.CurveOfAsync(2)).Strata.Single().EventCount);
        var error = await Assert.ThrowsAsync<RpcException>(() => ReplayAsync(analytics, request => request.ParkedIds.Add(id)));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task A_request_says_which_messages_in_one_way()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        foreach (var ask in new Action<ReplayParkedMessagesRequest>[] { _ => { }, request => (request.All, request.Reason) = (true, "not protobuf") })
        {
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => ReplayAsync(analytics, ask))).StatusCode);
        }
    }

    [Fact]
    public async Task Only_operators_are_let_in()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await analytics.Client.ListParkedMessagesAsync(new(), analytics.Study));

        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
    }

    private static Task<List<string>> ParkedAsync(AnalyticsHost analytics) =>
        analytics.QueryAsync<string>("select reason from parked_messages where replay_time is null order by parked_id");

    private static async Task<List<ReplayedMessage>> ReplayAsync(AnalyticsHost analytics, Action<ReplayParkedMessagesRequest> ask)
    {
        var request = new ReplayParkedMessagesRequest();
        ask(request);
        using var call = analytics.Client.ReplayParkedMessages(request, analytics.Operator);
        var replayed = new List<ReplayedMessage>();
        await foreach (var one in call.ResponseStream.ReadAllAsync())
        {
            replayed.Add(one);
        }

        return replayed;
    }
}
