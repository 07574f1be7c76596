using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Testing;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class WitnessedHashesTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Every_version_of_the_service_is_witnessed_in_order_of_record_and_version()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var followUp = Sent.FollowUp("01-0001", "2024-01-25");
        var records = Enumerable.Range(1, 5002).Select(i => Sent.Participation($"01-{i:0000}"))
            .Append(followUp).Append(followUp.Next(record => record.FollowUp.LastKnownAliveDate = "2024-02-04")).ToList();
        platform.Capture.Saved.Add(records);
        platform.Capture.Saved.Add(Sent.Death("01-0001", "2024-03-01"));
        analytics.CatchUp();
        await analytics.CurveOfAsync(records.Count + 1);

        var witnessed = await WitnessedAsync(analytics, "enrolment");

        Assert.Equal(
            records.OrderBy(record => record.Header.RecordId, StringComparer.Ordinal).ThenBy(record => record.Header.Version)
                .Select(record => (record.Header.RecordId, record.Header.Version, record.Header.Hash)),
            witnessed.Select(one => (one.RecordId, one.Version, one.Hash)));
        Assert.Single(await WitnessedAsync(analytics, "safety"));
    }

    [Fact]
    public async Task A_service_that_is_not_known_is_refused()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => WitnessedAsync(analytics, "identity"));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("service", error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    private static async Task<List<WitnessedHash>> WitnessedAsync(AnalyticsHost analytics, string service)
    {
        using var call = analytics.Client.ListWitnessedHashes(new() { Service = service }, analytics.Study);
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }
}
