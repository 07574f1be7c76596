using System.Text.Json;
using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Common.V1;

namespace Equecel.Cli.Tests.Curves;

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
            "--cutoff", "2026-02-01", "--site", "01", "--site", "02", "--origin", "prospective", "--subgroup", "sex=FEMALE", "prior-lines=from_3", "--json",
        ]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            new GetSurvivalCurveRequest
            {
                Endpoint = Endpoint.OverallSurvival,
                Population = new()
                {
                    Sites = { "01", "02" },
                    Origin = DataOrigin.Prospective,
                    Subgroups = { new Subgroup { Grouping = Grouping.Sex, Key = "FEMALE" }, new Subgroup { Grouping = Grouping.PriorLines, Key = "FROM_3" } },
                },
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

    [Theory]
    [InlineData("sex")]
    [InlineData("shoe-size=BIG")]
    [InlineData("sex=FEMALE=MALE")]
    public async Task What_names_no_subgroup_is_told(string subgroup)
    {
        var run = await CommandLineRun.RunAsync(platform, "survival", "--subgroup", subgroup);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{subgroup}' names no group. Write what splits participants, and the group: sex=FEMALE.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duration_of_response_is_an_endpoint()
    {
        var run = await CommandLineRun.RunAsync(platform, "survival", "--endpoint", "dor");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Endpoint.DurationOfResponse, asked.Endpoint);
    }

    [Fact]
    public async Task Subgroups_and_sensitivity_analyses_reach_the_request()
    {
        var run = await CommandLineRun.RunAsync(
            platform, "survival", "--endpoint", "pfs", "--by", "triple-class-refractory", "--censor-at-new-therapy", "--censor-after-missed-assessments");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((Grouping.TripleClassRefractory, true, true), (asked.Grouping, asked.CensorAtNewTherapy, asked.CensorAfterMissedAssessments));
    }

    [Fact]
    public async Task As_of_takes_the_label_of_a_snapshot()
    {
        await CommandLineRun.RunAsync(platform, "survival", "--as-of", "interim-1");

        Assert.Equal(("interim-1", null), (asked.Snapshot, asked.AsOfTime));
    }

    [Fact]
    public async Task Who_is_behind_a_step_is_listed_with_the_records()
    {
        ListCurveContributorsRequest list = null!;
        platform.Analytics.OnCurveContributors = request =>
        {
            list = request;
            return new ListContributorsResponse
            {
                Contributors =
                {
                    new ListContributorsResponse.Types.Contributor
                    {
                        Participant = "01-0001", Contribution = "death on day 61",
                        Sources = { new ListContributorsResponse.Types.Source { Service = "safety", Kind = "death", RecordId = "r1", Version = 2 } },
                    },
                },
            };
        };

        var run = await CommandLineRun.RunAsync(
            platform, "survival", "--endpoint", "pfs", "--by", "site", "--as-of", "interim-1", "--who", "61", "--part", "event", "--group", "01");

        Assert.Equal(["01-0001  death on day 61", "    safety death r1 version 2"], run.Lines);
        Assert.Equal((61, CurveStep.Types.Part.Event, "01"), (list.Step.Days, list.Step.Part, list.Step.Group));
        Assert.Equal((Endpoint.ProgressionFreeSurvival, Grouping.Site, "interim-1"), (list.Step.Survival.Endpoint, list.Step.Survival.Grouping, list.Step.Survival.Snapshot));
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

    [Fact]
    public async Task Limits_of_what_nobody_or_everybody_had_are_not_made_up()
    {
        platform.Analytics.OnCurve = _ => new()
        {
            Strata =
            {
                new SurvivalStratum
                {
                    Points = { new SurvivalPoint { Days = 200, AtRiskCount = 1, CensoredCount = 1, Survival = 1, Lower = 1, Upper = 1 } },
                    Rates =
                    {
                        new SurvivalRate { Days = 182.625, Survival = 1, Lower = 1, Upper = 1, AtRiskCount = 2 },
                        new SurvivalRate { Days = 365.25, Survival = 0, EventCount = 2 },
                        new SurvivalRate { Days = 91.3125, Survival = 0.5, Lower = 0.1, Upper = 0.9, AtRiskCount = 1, EventCount = 1 },
                        new SurvivalRate { Days = 400, NotEstimableReason = "beyond last follow-up" },
                    },
                    Quantiles = { new SurvivalQuantile { Probability = 0.5, Days = 150, LowerDays = 100 } },
                },
            },
        };

        var run = await CommandLineRun.RunAsync(platform, "survival", "--points");

        var cells = run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("all 6 months 100.00 % NE 2 0", cells);
        Assert.Contains("all 12 months 0.00 % NE 0 2", cells);
        Assert.Contains("all 3 months 50.00 % 10.00 to 90.00 % 1 1", cells);
        Assert.Contains("all 400 d not estimable: beyond last follow-up 0 0", cells);
        Assert.Contains("all half (median) 150 d 100 to NE", cells);
        Assert.Contains("all 200 1 0 1 1.000000 NE NE", cells);
    }

    [Fact]
    public async Task What_is_not_estimable_says_why()
    {
        platform.Analytics.OnCurve = _ => new()
        {
            LogRankNotEstimableReason = "fewer than two groups could have had events",
            Strata =
            {
                new SurvivalStratum
                {
                    MedianFollowUpNotEstimableReason = "no participants",
                    Quantiles = { new SurvivalQuantile { Probability = 0.5, NotEstimableReason = "no participants" } },
                },
                new SurvivalStratum
                {
                    Group = "01", ParticipantCount = 9, MedianFollowUpDays = 300, MedianFollowUpLowerDays = 250, ShortestFollowUpDays = 3, LongestFollowUpDays = 412,
                },
            },
        };

        var run = await CommandLineRun.RunAsync(platform, "survival", "--by", "site");

        var cells = run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("Log-rank: not estimable: fewer than two groups could have had events", cells);
        Assert.Contains("all 0 0 0 no participants", cells);
        Assert.Contains("all half (median) no participants NE to NE", cells);
        Assert.Contains("01 9 0 0 300 d 250 to NE 3 to 412", cells);
    }

    [Theory]
    [InlineData("survival")]
    [InlineData("incidence")]
    public async Task A_picture_of_nobody_says_why_there_is_none(string command)
    {
        platform.Analytics.OnCurve = _ => new() { Strata = { new SurvivalStratum() } };
        platform.Analytics.OnIncidence = _ => new() { Strata = { new IncidenceCurve.Types.Stratum() } };

        Assert.Equal("Nothing to draw; not estimable: no participants.", (await CommandLineRun.RunAsync(platform, command)).Lines[^1]);
    }

    [Fact]
    public async Task What_ended_the_times_is_told_with_how_many_were_censored_early()
    {
        platform.Analytics.OnCurve = _ => new()
        {
            Strata =
            {
                new SurvivalStratum
                {
                    ParticipantCount = 4,
                    EventCount = 1,
                    CensoredCount = 3,
                    CensoredBeforeSixMonthsCount = 2,
                    Ends =
                    {
                        new EndCount { Reason = "progression", ParticipantCount = 1 },
                        new EndCount { Reason = "last adequate assessment", Censored = true, ParticipantCount = 3, BeforeSixMonthsCount = 2 },
                    },
                },
            },
        };

        var run = await CommandLineRun.RunAsync(platform, "survival", "--endpoint", "pfs");

        var cells = run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("all event progression 1 25.00 % 0", cells);
        Assert.Contains("all censored last adequate assessment 3 75.00 % 2", cells);
        Assert.Contains("all censored any reason 3 75.00 % 2", cells);
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
