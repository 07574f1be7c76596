using System.Globalization;
using Equecel.Analytics.Tests.Statistics;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Equecel.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Endpoints;

[Collection(Servers.Name)]
public sealed class SurvivalCurveTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Survival_of_3882_patients_with_myeloma_is_that_of_R()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var cohort = Cohort().ToList();
        platform.Capture.Saved.Add(cohort);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(cohort.Count);

        var curve = await analytics.CurveAsync(request =>
        {
            request.Grouping = Grouping.Site;
            request.AtDays.Add([182.625, 365.25]);
        });

        var vector = SurvivalVector.Load("D03_myeloma");
        Assert.Equal(["", "01", "02"], curve.Strata.Select(stratum => stratum.Group));
        foreach (var (stratum, name) in curve.Strata.Zip(["all", "group=before_1980", "group=y1980_on"]))
        {
            var (_, table, expected) = vector.Strata.Single(one => one.Name == name);
            Assert.Equal((table.SubjectCount, table.EventCount), (stratum.ParticipantCount, stratum.EventCount));
            foreach (var (point, row) in stratum.Points.Zip(vector.Curve(name)))
            {
                Assert.Equal(row["time"], point.Days.ToString(CultureInfo.InvariantCulture));
                Close.To(double.Parse(row["surv"], CultureInfo.InvariantCulture), point.Survival, "survival");
            }

            foreach (var rate in stratum.Rates)
            {
                var at = expected.GetProperty("at_times").EnumerateArray().Single(time => time.GetProperty("t").GetDouble() == rate.Days);
                Close.To(at, "surv", rate.HasSurvival ? rate.Survival : null);
                Close.To(at, "std_err", rate.HasStandardError ? rate.StandardError : null);
                Close.To(at, "lower_loglog", rate.HasLower ? rate.Lower : null);
                Close.To(at, "upper_loglog", rate.HasUpper ? rate.Upper : null);
                Assert.Equal(at.GetProperty("n_risk").GetInt64(), rate.AtRiskCount);
            }
        }

        var logRank = vector.Expected.GetProperty("logrank");
        Close.To(logRank, "chisq", curve.LogRank.ChiSquare, 1e-8);
        Close.To(logRank, "p", curve.LogRank.PValue, 1e-7, relative: true);
        Assert.Contains("log-log 95 % intervals", curve.Method, StringComparison.Ordinal);
        Assert.Equal("RWS-1", curve.RuleSet);
    }

    [Fact]
    public async Task An_answer_as_of_a_past_instant_knows_what_was_known_then()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var infusion = Sent.Infusion("01-0001", "2024-01-15");
        var followUp = Sent.FollowUp("01-0001", "2024-01-25").SavedAt(Sent.SaveTime.AddDays(1));
        await platform.Broker.PublishAsync(
            infusion,
            followUp,
            followUp.Next(record => record.FollowUp.LastKnownAliveDate = "2024-01-20").SavedAt(Sent.SaveTime.AddDays(2)),
            Sent.Death("01-0001", "2024-02-01").SavedAt(Sent.SaveTime.AddDays(3)));
        await analytics.CurveOfAsync(4);

        Assert.Equal("0 participants, 0 versions", await AsOfAsync(-1));
        Assert.Equal("day 1 censored, 1 versions", await AsOfAsync(0));
        Assert.Equal("day 11 censored, 2 versions", await AsOfAsync(1));
        Assert.Equal("day 6 censored, 3 versions", await AsOfAsync(2));
        Assert.Equal("day 18 event, 4 versions", await AsOfAsync(3));

        // A version that arrives late belongs to the past as well.
        await platform.Broker.PublishAsync(Sent.Infusion("01-0002", "2024-01-15"));
        await analytics.CurveOfAsync(5);
        Assert.Equal(2, (await analytics.CurveAsync(request => request.AsOfTime = Sent.SaveTime.ToTimestamp())).Strata.Single().ParticipantCount);

        async Task<string> AsOfAsync(int days)
        {
            var curve = await analytics.CurveAsync(request => request.AsOfTime = Sent.SaveTime.AddDays(days).ToTimestamp());
            Assert.Equal(Sent.SaveTime.AddDays(days).ToTimestamp(), curve.Position.AsOfTime);
            var point = curve.Strata.Single().Points.SingleOrDefault();
            return $"{(point is null ? "0 participants" : $"day {point.Days} {(point.EventCount == 1 ? "event" : "censored")}")}, {curve.Position.VersionCount} versions";
        }
    }

    [Fact]
    public async Task A_cutoff_a_population_and_a_grouping_choose_who_and_what_counts()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(
            Sent.Infusion("01-0001", "2024-01-15"), Sent.Death("01-0001", "2024-02-01"),
            Sent.Infusion("02-0001", "2024-01-15", DataOrigin.Retrospective), Sent.FollowUp("02-0001", "2024-03-01", DataOrigin.Retrospective),
            Sent.Infusion("03-0001", "2024-04-01"), Sent.FollowUp("03-0001", "2024-05-01"),
            Sent.Infusion("03-0002", "2024-01-15"), Sent.Death("03-0002", "2024-01-01"));
        await analytics.CurveOfAsync(8);

        var cut = await analytics.CurveAsync(request => request.DataCutoffDate = "2024-01-31");
        Assert.Equal((2, 0), (cut.Strata[0].ParticipantCount, cut.Strata[0].EventCount));
        Assert.Equal([17.0], cut.Strata[0].Points.Select(point => point.Days));
        Assert.Equal("2024-01-31", cut.DataCutoffDate);
        Assert.Equal(["infused after the cut-off 1", "death before infusion 1"], cut.Exclusions.Select(e => $"{e.Reason} {e.ParticipantCount}"));
        Assert.Equal("beyond last follow-up", cut.Strata[0].Rates[0].NotEstimableReason);
        Assert.False(cut.Strata[0].Rates[0].HasSurvival);

        var some = await analytics.CurveAsync(request => request.Population = new() { Sites = { "01", "02" }, Origin = DataOrigin.Retrospective });
        Assert.Equal(1, some.Strata.Single().ParticipantCount);
        Assert.Empty(some.Exclusions);

        var grouped = await analytics.CurveAsync(request => (request.Grouping, request.WithoutPoints) = (Grouping.Provenance, true));
        Assert.Equal(["", "PROSPECTIVE", "RETROSPECTIVE"], grouped.Strata.Select(stratum => stratum.Group));
        Assert.Equal([3, 2, 1], grouped.Strata.Select(stratum => stratum.ParticipantCount));
        Assert.All(grouped.Strata, stratum => Assert.Empty(stratum.Points));
        Assert.Equal(["PROSPECTIVE", "RETROSPECTIVE"], grouped.LogRank.Groups.Select(group => group.Group_));
    }

    [Fact]
    public async Task The_same_question_about_the_same_data_has_the_same_answer_and_new_data_another()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
        var first = await analytics.CurveOfAsync(1);

        Assert.Equal(first, await analytics.CurveAsync());
        await platform.Broker.PublishAsync(Sent.Infusion("01-0002", "2024-01-15"));
        Assert.Equal(2, (await analytics.CurveOfAsync(2)).Strata.Single().ParticipantCount);
    }

    [Fact]
    public async Task A_bad_request_names_its_fields_and_an_empty_study_has_an_answer()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        var curve = await analytics.CurveAsync();
        Assert.Equal((0, "no participants"), (curve.Strata.Single().ParticipantCount, curve.Strata.Single().Rates[0].NotEstimableReason));

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await analytics.Client.GetSurvivalCurveAsync(new() { ConfidenceLevel = 2 }, analytics.Study));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(["endpoint", "confidence_level"], error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field));
    }

    [Fact]
    public async Task Only_the_study_team_may_ask()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync([]));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(Bearer(platform.Issuer.Issue("equecel.capture"))));
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(Bearer(platform.Issuer.Issue("equecel.study", audience: "safety"))));

        async Task<StatusCode> StatusAsync(Metadata headers) => (await Assert.ThrowsAsync<RpcException>(async () =>
            await analytics.Client.GetSurvivalCurveAsync(new() { Endpoint = V1.Endpoint.OverallSurvival }, headers))).StatusCode;

        static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };
    }

    /// <summary>The file's patients as records: the era before 1980 as site 01, the later as site 02.</summary>
    private static IEnumerable<IMessage> Cohort()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "D03_myeloma", "input.csv")).Skip(1).Select(line => line.Split(','));
        var number = 0;
        foreach (var row in rows)
        {
            var site = row[2] == "before_1980" ? "01" : "02";
            var participant = $"{site}-{++number:0000}";
            var infusion = new DateOnly(1990, 1, 1);
            var end = infusion.AddDays(int.Parse(row[0], CultureInfo.InvariantCulture) - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return Sent.Participation(participant, DataOrigin.Retrospective);
            yield return Sent.Infusion(participant, "1990-01-01", DataOrigin.Retrospective);
            yield return row[1] == "1" ? Sent.Death(participant, end, DataOrigin.Retrospective) : Sent.FollowUp(participant, end, DataOrigin.Retrospective);
        }
    }
}
