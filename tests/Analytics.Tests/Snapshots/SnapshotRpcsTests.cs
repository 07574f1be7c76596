using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Client;
using Equecel.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics.Tests.Snapshots;

[Collection(Servers.Name)]
public sealed class SnapshotRpcsTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task A_snapshot_is_made_once_listed_and_stays_as_it_is()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(Sent.Infusion("01-0001", "2024-01-15"), Sent.FollowUp("01-0001", "2024-02-15").SavedAt(Sent.SaveTime.AddDays(1)));
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(2);
        var request = new CreateSnapshotRequest
        {
            RequestId = $"{Guid.NewGuid()}",
            Label = "Interim-1",
            AsOfTime = Sent.SaveTime.AddHours(1).ToTimestamp(),
            Comment = "First interim analysis",
        };

        var first = await analytics.Client.CreateSnapshotAsync(request, analytics.Study);

        Assert.Equal(("Interim-1", request.AsOfTime, request.Comment, 1), (first.Label, first.AsOfTime, first.Comment, first.VersionCount));
        Assert.Equal(("study-team", "study-team"), (first.Actor, first.Client));
        Assert.Equal(first, await analytics.Client.CreateSnapshotAsync(request, analytics.Study));
        Assert.Equal(first, await analytics.Client.GetSnapshotAsync(new() { Label = "interim-1" }, analytics.Study));
        Assert.Equal((StatusCode.AlreadyExists, "REQUEST_ID_REUSED"), await WhyNotAsync(analytics, new(request) { Comment = "Another" }));
        Assert.Equal((StatusCode.AlreadyExists, "SNAPSHOT_EXISTS"), await WhyNotAsync(analytics, new(request) { RequestId = $"{Guid.NewGuid()}", Label = "INTERIM-1" }));

        var start = DateTimeOffset.UtcNow;
        var second = await analytics.Client.CreateSnapshotAsync(new() { RequestId = $"{Guid.NewGuid()}", Label = "today" }, analytics.Study);
        Assert.InRange(second.AsOfTime.ToDateTimeOffset(), start.AddMilliseconds(-1), DateTimeOffset.UtcNow);
        Assert.Equal(2, second.VersionCount);
        var page = await analytics.Client.ListSnapshotsAsync(new() { PageSize = 1 }, analytics.Study);
        Assert.Equal([second], page.Snapshots);
        var rest = await analytics.Client.ListSnapshotsAsync(new() { PageSize = 1, PageToken = page.NextPageToken }, analytics.Study);
        Assert.Equal([first], rest.Snapshots);
        Assert.Equal("", rest.NextPageToken);

        foreach (var change in (string[])["update snapshots set comment = ''", "delete from snapshots", "truncate snapshots"])
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => analytics.QueryAsync<int>(change))).SqlState);
        }
    }

    [Fact]
    public async Task Many_that_ask_for_the_same_label_at_once_get_one_snapshot_and_a_clear_no()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        var request = new CreateSnapshotRequest { RequestId = $"{Guid.NewGuid()}", Label = "dmc" };

        var same = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ => await analytics.Client.CreateSnapshotAsync(request, analytics.Study)));
        Assert.Single(same.Distinct());
        var others = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => WhyNotAsync(analytics, new() { RequestId = $"{Guid.NewGuid()}", Label = "dmc" })));
        Assert.All(others, why => Assert.Equal((StatusCode.AlreadyExists, "SNAPSHOT_EXISTS"), why));
        Assert.Equal([1], await analytics.QueryAsync<long>("select count(*) from snapshots"));
    }

    [Fact]
    public async Task Every_fault_is_named_at_once_and_an_unknown_label_is_not_found()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);

        var wrong = RpcProblem.Of(await Assert.ThrowsAsync<RpcException>(async () => await analytics.Client.CreateSnapshotAsync(
            new() { RequestId = "1", Label = "2026-01-01", AsOfTime = DateTimeOffset.UtcNow.AddDays(1).ToTimestamp(), Comment = "two\nlines" }, analytics.Study)));
        Assert.Equal(["request_id", "label", "as_of_time", "comment"], wrong.Fields.Select(field => field.Field));

        var both = new GetSurvivalCurveRequest { Endpoint = V1.Endpoint.OverallSurvival, AsOfTime = Sent.SaveTime.ToTimestamp(), Snapshot = "interim-1" };
        Assert.Equal(["snapshot"], (await ProblemAsync(() => analytics.Client.GetSurvivalCurveAsync(both, analytics.Study))).Fields.Select(field => field.Field));
        both.AsOfTime = null;
        Assert.Equal("SNAPSHOT_UNKNOWN", (await ProblemAsync(() => analytics.Client.GetSurvivalCurveAsync(both, analytics.Study))).Reason);
        Assert.Equal("SNAPSHOT_UNKNOWN", (await ProblemAsync(() => analytics.Client.GetTableAsync(new() { Topic = Topic.Deaths, Snapshot = "no" }, analytics.Study))).Reason);
        Assert.Equal("SNAPSHOT_UNKNOWN", (await ProblemAsync(() => analytics.Client.GetSnapshotAsync(new() { Label = "no" }, analytics.Study))).Reason);
        Assert.Equal(StatusCode.PermissionDenied, (await ProblemAsync(() => analytics.Client.ListSnapshotsAsync(new(), analytics.Operator))).Code);
    }

    private static async Task<RpcProblem> ProblemAsync<T>(Func<AsyncUnaryCall<T>> ask) => RpcProblem.Of(await Assert.ThrowsAsync<RpcException>(async () => await ask()));

    private static async Task<(StatusCode, string)> WhyNotAsync(AnalyticsHost analytics, CreateSnapshotRequest request)
    {
        var problem = await ProblemAsync(() => analytics.Client.CreateSnapshotAsync(request, analytics.Study));
        return (problem.Code, problem.Reason);
    }
}
