using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Common.V1;

namespace Equecel.Cli.Tests.Curves;

public sealed class IncidenceCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;
    private GetIncidenceCurveRequest asked = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.OnIncidence = request =>
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
            "incidence", "--endpoint", "complete-response", "--response", "confirmed", "--by", "high-risk", "--level", "0.9", "--at", "30", "60",
            "--as-of", "interim-1", "--cutoff", "2026-02-01", "--site", "01", "--origin", "retrospective", "--json",
        ]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            new GetIncidenceCurveRequest
            {
                Endpoint = IncidenceEndpoint.CompleteResponse,
                Population = new() { Sites = { "01" }, Origin = DataOrigin.Retrospective },
                Grouping = Grouping.HighRisk,
                ResponseBasis = ResponseBasis.Confirmed,
                ConfidenceLevel = 0.9,
                AtDays = { 30, 60 },
                Snapshot = "interim-1",
                DataCutoffDate = "2026-02-01",
                WithoutPoints = true,
            },
            asked);
    }

    [Fact]
    public async Task Who_is_behind_a_step_is_listed()
    {
        ListCurveContributorsRequest list = null!;
        platform.Analytics.OnCurveContributors = request =>
        {
            list = request;
            return new() { Contributors = { new ListContributorsResponse.Types.Contributor { Participant = "01-0001", Contribution = "death on day 40" } } };
        };

        var run = await CommandLineRun.RunAsync(platform, "incidence", "--who", "40", "--part", "competing-event");

        Assert.Equal(["01-0001  death on day 40"], run.Lines);
        Assert.Equal((40, CurveStep.Types.Part.CompetingEvent, IncidenceEndpoint.Response), (list.Step.Days, list.Step.Part, list.Step.Incidence.Endpoint));
    }

    [Fact]
    public async Task A_person_gets_tables_and_a_picture()
    {
        var run = await CommandLineRun.RunAsync(platform, "incidence", "--points");

        Assert.Equal(0, run.ExitCode);
        Assert.False(asked.WithoutPoints);
        Assert.Equal("Cumulative incidence of response", run.Lines[0]);
        Assert.Contains("Method: Aalen-Johansen", run.Lines);
        Assert.Contains("Left out: 1 not infused", run.Lines);
        var cells = run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("all 3 1 1 1", cells);
        Assert.Contains("all 1 month 33.33 % 1.00 to 77.00 % 2 1 0", cells);
        Assert.Contains("not estimable: beyond last follow-up", run.Output, StringComparison.Ordinal);
        Assert.Contains("Gray's test: chi-square 1.5, degrees of freedom 1, p = 2.207e-1; exploratory", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("  0 % |***", StringComparison.Ordinal));
        Assert.Contains("0.333333", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_is_not_estimable_says_why()
    {
        platform.Analytics.OnIncidence = _ => new() { GrayNotEstimableReason = "fewer than two groups could have had events" };

        var run = await CommandLineRun.RunAsync(platform, "incidence", "--by", "site");

        Assert.Contains("Gray's test: not estimable: fewer than two groups could have had events", run.Lines);
    }

    private static IncidenceCurve Curve() => new()
    {
        Endpoint = IncidenceEndpoint.Response,
        Method = "Aalen-Johansen",
        Strata =
        {
            new IncidenceCurve.Types.Stratum
            {
                ParticipantCount = 3,
                EventCount = 1,
                CompetingEventCount = 1,
                CensoredCount = 1,
                Points =
                {
                    new IncidenceCurve.Types.Point { Days = 29, AtRiskCount = 3, EventCount = 1, Incidence = 1d / 3 },
                    new IncidenceCurve.Types.Point { Days = 58, AtRiskCount = 2, CompetingEventCount = 1, Incidence = 1d / 3 },
                    new IncidenceCurve.Types.Point { Days = 90, AtRiskCount = 1, CensoredCount = 1, Incidence = 1d / 3 },
                },
                Rates =
                {
                    new IncidenceCurve.Types.Rate { Days = 30.4375, Incidence = 1d / 3, Lower = 0.01, Upper = 0.77, AtRiskCount = 2, EventCount = 1 },
                    new IncidenceCurve.Types.Rate { Days = 91.3125, NotEstimableReason = "beyond last follow-up" },
                },
            },
        },
        Gray = new() { ChiSquare = 1.5, DegreesOfFreedom = 1, PValue = 0.2207 },
        Exclusions = { new Exclusion { ParticipantCount = 1, Reason = "not infused" } },
    };
}
