using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.ServiceDefaults;
using Equecel.Testing;
using Google.Rpc;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics.Tests.Operations;

[Collection(Servers.Name)]
public sealed class StopTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Who_waits_for_a_turn_when_the_service_stops_is_told_to_come_again()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveAsync();
        var turns = analytics.Part<ReaderTurns>();
        for (var i = 0; i < AnalyticsDatabase.SettingsOf(platform.Database).MaxPoolSize / 2; i++)
        {
            await turns.TakeAsync(CancellationToken.None);
        }

        using var lanes = analytics.Client.ListSwimmerLanes(new ListSwimmerLanesRequest(), analytics.Study);
        using var check = analytics.Client.VerifyAuditEvents(new(), analytics.Study);
        var ends = Task.WhenAll(EndOfAsync(lanes.ResponseStream), EndOfAsync(check.ResponseStream));
        await Task.Delay(TimeSpan.FromMilliseconds(200));

        await analytics.StopAsync();
        Assert.All(await ends, DemandStopping);
    }

    [Fact]
    public async Task What_reads_the_stored_versions_when_the_service_stops_ends_and_says_so()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveAsync();
        await using var lockedOut = new NpgsqlConnection($"{platform.Database};Pooling=false");
        await lockedOut.OpenAsync();
        await using var locked = await lockedOut.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("lock table record_versions in access exclusive mode", lockedOut, locked);
        await command.ExecuteNonQueryAsync();

        using var export = analytics.Client.ExportDatasets(new ExportDatasetsRequest(), analytics.Study);
        using var report = analytics.Client.GetReport(new GetReportRequest(), analytics.Study);
        using var lanes = analytics.Client.ListSwimmerLanes(new ListSwimmerLanesRequest(), analytics.Study);
        var ends = Task.WhenAll(EndOfAsync(export.ResponseStream), EndOfAsync(report.ResponseStream), EndOfAsync(lanes.ResponseStream));
        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).Single() >= 3);

        await analytics.StopAsync();
        Assert.All(await ends, DemandStopping);
    }

    private static void DemandStopping(RpcException end)
    {
        Assert.Equal((StatusCode.Unavailable, "1000"), (end.StatusCode, end.Trailers.GetValue("grpc-retry-pushback-ms")));
        Assert.StartsWith("This service is stopping", end.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("DEPENDENCY_DOWN", end.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    private static Task<RpcException> EndOfAsync<T>(IAsyncStreamReader<T> stream) =>
        Assert.ThrowsAsync<RpcException>(async () => await stream.ReadAllAsync().ToListAsync());
}
