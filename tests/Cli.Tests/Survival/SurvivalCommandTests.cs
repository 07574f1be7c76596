using System.Text.Json;
using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Common.V1;

namespace Equecel.Cli.Tests.Survival;

public sealed class SurvivalCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;
    private GetSurvivalCurveRequest asked = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.OnCurve = request =>
        {
            asked = request;
            return Curve();
        };
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Every_option_reaches_the_request()
    {
        var run = await CommandLineRun.RunAsync(platform, [
            "survival", "--by", "provenance", "--interval", "plain", "--level", "0.9", "--at", "100", "200", "--quantile", "0.1", "--as-of", "2026-03-01T08:00:00+08:00",
            "--cutoff", "2026-02-01", "--site", "01", "--site", "02", "--origin", "prospective", "--json",
        ]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            new GetSurvivalCurveRequest
            {
                Endpoint = Endpoint.OverallSurvival,
                Population = new() { Sites = { "01", "02" }, Origin = DataOrigin.Prospective },
                Grouping = Grouping.Provenance,
                IntervalType = IntervalType.Plain,
                ConfidenceLevel = 0.9,
                AtDays = { 100, 200 },
                Quantiles = { 0.1 },
                AsOfTime = new() { Seconds = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() },
                DataCutoffDate = "2026-02-01",
                WithoutPoints = true,
            },
            asked);
    }

    [Fact]
    public async Task Duration_of_response_is_an_endpoint()
    {
        var run = await CommandLineRun.RunAsync(platform, "survival", "--endpoint", "dor");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Endpoint.DurationOfResponse, asked.Endpoint);
    }

    [Fact]
    public async Task Json_is_the_answer_as_it_came()
    {
        var run = await CommandLineRun.RunAsync(platform, "survival", "--json");

        Assert.Equal(Curve(), Google.Protobuf.JsonParser.Default.Parse<SurvivalCurve>(run.Output));
        Assert.Equal("2", JsonDocument.Parse(run.Output).RootElement.GetProperty("strata")[0].GetProperty("participantCount").GetString());
    }

    [Fact]
    public async Task A_person_gets_tables_and_a_picture()
    {
        var run = await CommandLineRun.RunAsync(platform, "survival", "--points");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Method: Kaplan-Meier", run.Output, StringComparison.Ordinal);
        Assert.Contains("50.00 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("not estimable: beyond last follow-up", run.Output, StringComparison.Ordinal);
        Assert.Contains("100 % |***", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.False(asked.WithoutPoints);
    }

    private static SurvivalCurve Curve() => new()
    {
        Method = "Kaplan-Meier",
        Strata =
        {
            new SurvivalStratum
            {
                ParticipantCount = 2,
                EventCount = 1,
                CensoredCount = 1,
                Points =
                {
                    new SurvivalPoint { Days = 100, AtRiskCount = 2, EventCount = 1, Survival = 0.5 },
                    new SurvivalPoint { Days = 200, AtRiskCount = 1, CensoredCount = 1, Survival = 0.5 },
                },
                Rates =
                {
                    new SurvivalRate { Days = 182.625, Survival = 0.5, AtRiskCount = 1, EventCount = 1 },
                    new SurvivalRate { Days = 365.25, NotEstimableReason = "beyond last follow-up" },
                },
                Quantiles = { new SurvivalQuantile { Probability = 0.5, Days = 150 } },
            },
        },
    };
}
