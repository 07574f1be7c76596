using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics.Tests.Operations;

[Collection(IngestionServers.Name)]
public sealed class StatusTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Before_what_is_stored_was_loaded_there_is_no_status_rather_than_one_of_nothing()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), Sent.Infusion("01-0002", "2024-01-15"), Sent.Death("01-0001", "2024-01-25"));
            await before.CurveOfAsync(3);
        }

        await using var holding = new NpgsqlConnection($"{platform.Database};Pooling=false");
        await holding.OpenAsync();
        await using var hold = new NpgsqlCommand($"select pg_advisory_lock({AnalyticsSchema.SchemaLock})", holding);
        await hold.ExecuteNonQueryAsync();
        await using var analytics = await AnalyticsHost.StartAsync(platform.Database, platform.BrokerUri, platform.Capture.Address, platform.Issuer);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await analytics.Client.GetIngestionStatusAsync(new(), analytics.Operator));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);

        await holding.CloseAsync();
        await analytics.CurveOfAsync(3);
        var status = await analytics.Client.GetIngestionStatusAsync(new(), analytics.Operator);
        Assert.Equal(3, status.VersionCount);
        Assert.Equal(
            ["assessment 0", "enrolment 2", "questionnaire 0", "safety 1"],
            status.Services.Select(service => $"{service.Service} {service.VersionCount}"));
        Assert.Equal([true, false, true, false], status.Services.Select(service => service.NewestSaveTime is null));
    }
}
