using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Records.V1;
using Equecel.Testing;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Tables;

[Collection(Servers.Name)]
public sealed class QualityRpcTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Data_quality_flows_lanes_and_durations_are_of_what_is_stored_and_of_any_instant()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var infusion = Sent.Infusion("01-0001", "2024-01-15");
        var query = Sent.Query("01-0001", DataQuery.Types.State.Open);
        await platform.Broker.PublishAsync(
            Sent.Participation("01-0001"), infusion, infusion.Next(record => record.Infusion.BatchNumber = "B").SavedAt(Sent.SaveTime.AddDays(10)),
            query, query.Next(record => record.DataQuery.State = DataQuery.Types.State.Closed).SavedAt(Sent.SaveTime.AddDays(20)),
            Sent.FollowUp("01-0001", "2024-02-01"), Sent.Participation("02-0001"));
        await analytics.CurveOfAsync(7);

        // What is told of a record's beginning and of its queries is that of the instant.
        var then = await TableAsync(Topic.DataQuality, Sent.SaveTime.AddDays(5));
        Assert.Equal((1L, 0L, 5.0), (then.Cell("queries/open").EventCount, then.Cell("queries/closed").EventCount, then.Cell("query-age/open").Summary.Median));
        Assert.Equal(["", "01", "02"], then.Columns.Select(column => column.Key));
        var now = await TableAsync(Topic.DataQuality, asOf: null);
        Assert.Equal((0L, 1L, "no values"), (now.Cell("queries/open").EventCount, now.Cell("queries/closed").EventCount, now.Cell("query-age/open").NotEstimableReason));
        // From 15 January 2024 to 1 January 2026, the first save, though the infusion was amended later.
        Assert.Equal((717.0, 717.0), (then.Cell("lag/infusion").Summary.Median, now.Cell("lag/infusion").Summary.Median));
        Assert.Equal((0L, 8L), (now.Cell("forms/disease-assessment").EventCount, now.Cell("forms/disease-assessment").EventDenominator));

        var behind = await analytics.Client.ListContributorsAsync(
            new() { Cell = new() { Table = Request(Topic.DataQuality, Sent.SaveTime.AddDays(5)), Row = "queries/open" } }, analytics.Study);
        var source = Assert.Single(Assert.Single(behind.Contributors).Sources);
        Assert.Equal(("data_query", query.Header.RecordId, 1), (source.Kind, source.RecordId, source.Version));

        // Both take part, and of both queries could be asked; who was infused is told.
        var everybody = await analytics.Client.ListContributorsAsync(
            new() { Cell = new() { Table = Request(Topic.DataQuality, asOf: null), Row = "queries/participants", Part = TableCell.Types.Part.Denominator } }, analytics.Study);
        Assert.Equal(["01-0001 infused on 2024-01-15", "02-0001 not in analyses of the infused"], everybody.Contributors.Select(one => $"{one.Participant} {one.Contribution}"));
        Assert.Equal(["infusion 2", "participation 1"], everybody.Contributors[0].Sources.Select(one => $"{one.Kind} {one.Version}").Order(StringComparer.Ordinal));
        var refused = await Assert.ThrowsAsync<RpcException>(() => analytics.Client.ListContributorsAsync(
            new() { Cell = new() { Table = Request(Topic.DataQuality, asOf: null), Row = "queries/participants", Part = (TableCell.Types.Part)9 } }, analytics.Study).ResponseAsync);
        Assert.Equal("cell.part", Assert.Single(refused.GetRpcStatus()!.GetDetail<BadRequest>().FieldViolations).Field);

        var flow = await TableAsync(Topic.TreatmentFlow, asOf: null);
        Assert.Equal("1/1 1/1", $"{flow.Share("infusion/eque-cel")} {flow.Share("flow/infusion/eque-cel>outcome/not-assessed")}");

        var items = await LanesAsync(new());
        Assert.Equal(2, items.Count);
        Assert.Equal(("01-0001", 18, SwimmerLane.Types.End.LastKnownAlive), (items[0].Lane.Participant, items[0].Lane.LastDay, items[0].Lane.End));
        Assert.Equal((1L, "not infused 1", 7L), (items[1].Summary.ParticipantCount, InWords(items[1].Summary.Exclusions), items[1].Summary.Position.VersionCount));
        Assert.DoesNotContain(await LanesAsync(new() { AsOfTime = Sent.SaveTime.AddDays(-1).ToTimestamp() }), item => item.Lane is not null);

        var duration = await analytics.CurveAsync(request => request.Endpoint = Endpoint.DurationOfResponse);
        Assert.Equal("not infused 1, no response 1", InWords(duration.Exclusions));

        GetTableRequest Request(Topic topic, DateTimeOffset? asOf) => new() { Topic = topic, Grouping = Grouping.Site, AsOfTime = asOf?.ToTimestamp() };

        async Task<Table> TableAsync(Topic topic, DateTimeOffset? asOf) => await analytics.Client.GetTableAsync(Request(topic, asOf), analytics.Study);

        async Task<List<SwimmerItem>> LanesAsync(ListSwimmerLanesRequest request)
        {
            using var call = analytics.Client.ListSwimmerLanes(request, analytics.Study);
            return await call.ResponseStream.ReadAllAsync().ToListAsync();
        }

        static string InWords(IEnumerable<Exclusion> exclusions) => string.Join(", ", exclusions.Select(one => $"{one.Reason} {one.ParticipantCount}"));
    }

    [Fact]
    public async Task A_request_for_lanes_is_told_every_field_at_fault()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        using var call = analytics.Client.ListSwimmerLanes(
            new() { Population = new() { Sites = { "x" } }, AsOfTime = DateTimeOffset.UtcNow.AddDays(1).ToTimestamp(), DataCutoffDate = "soon" }, analytics.Study);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal(
            ["as_of_time", "data_cutoff_date", "population.sites[0]"],
            refusal.GetRpcStatus()!.GetDetail<BadRequest>().FieldViolations.Select(violation => violation.Field).Order());
    }
}
