using System.Text;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Report;

[Collection(Servers.Name)]
public sealed class GetReportTests(TestPostgres postgres, TestRabbitMq rabbit) : IAsyncLifetime
{
    private Platform platform = null!;
    private AnalyticsHost host = null!;

    public async Task InitializeAsync()
    {
        platform = await Platform.StartAsync(postgres, rabbit);
        host = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(
            Sent.Participation("01-0001"), Sent.Infusion("01-0001", "2024-01-15"), Sent.FollowUp("01-0001", "2024-09-01"),
            Sent.Participation("01-0002"), Sent.Infusion("01-0002", "2024-02-15"), Sent.Death("01-0002", "2024-05-01"));
        await host.CurveOfAsync(6);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await platform.DisposeAsync();
    }

    [Fact]
    public async Task The_same_instant_gives_the_same_bytes_while_data_flow_in()
    {
        var (first, position) = await ReadAsync(new GetReportRequest());
        Assert.Equal(6, position.VersionCount);
        Assert.Contains("2 participants of all sites; none left out.", first, StringComparison.Ordinal);

        await platform.Broker.PublishAsync(Sent.Infusion("01-0003", "2024-03-01").SavedAt(position.AsOfTime.ToDateTimeOffset().AddSeconds(1)));
        await host.CurveOfAsync(7);

        Assert.Equal(first, (await ReadAsync(new GetReportRequest { AsOfTime = position.AsOfTime })).Html);
    }

    [Fact]
    public async Task Its_numbers_are_those_of_the_other_answers()
    {
        var (html, position) = await ReadAsync(new GetReportRequest());
        var curve = await host.CurveAsync(request => request.AsOfTime = position.AsOfTime);

        var rate = curve.Strata[0].Rates[0];
        Assert.Contains(FormattableString.Invariant($"Alive at 6 months: {100 * rate.Survival:0.0} % ({100 * rate.Lower:0.0}–{100 * rate.Upper:0.0})"), html, StringComparison.Ordinal);
        Assert.Contains(curve.Method.Split(";")[0], html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pieces_are_small_and_the_first_names_the_data()
    {
        using var call = host.Client.GetReport(new GetReportRequest { Language = ReportLanguage.Chinese }, host.Study);
        var parts = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.All(parts, part => Assert.InRange(part.Content.Length, 1, 64 * 1024));
        Assert.NotNull(parts[0].Position);
        Assert.All(parts.Skip(1), part => Assert.Null(part.Position));
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"zh-CN\">", parts[0].Content.ToStringUtf8(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_at_fault_is_named()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(new GetReportRequest
        {
            Language = (ReportLanguage)9,
            Population = new() { Sites = { "x" } },
            AsOfTime = DateTimeOffset.UtcNow.AddDays(1).ToTimestamp(),
            DataCutoffDate = "tomorrow",
        }));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(
            ["as_of_time", "data_cutoff_date", "language", "population.sites[0]"],
            refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field).Order());
    }

    [Fact]
    public async Task Only_the_study_team_may_have_it()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            using var call = host.Client.GetReport(new GetReportRequest(), host.Operator);
            await call.ResponseStream.MoveNext();
        });

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private async Task<(string Html, DataPosition Position)> ReadAsync(GetReportRequest request)
    {
        using var call = host.Client.GetReport(request, host.Study);
        var parts = await call.ResponseStream.ReadAllAsync().ToListAsync();
        return (Encoding.UTF8.GetString([.. parts.SelectMany(part => part.Content.ToByteArray())]), parts[0].Position);
    }
}
