using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tests.Report;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tests.Endpoints;

/// <summary>Why times end, and how many are censored before six months, 182.625 days: survival methods, section 12.5.</summary>
public sealed class CensoringTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Infusion = new(2025, 3, 1);

    [Theory]
    [InlineData("SD100", "last adequate assessment 1 1; 1")]
    [InlineData("SD182", "last adequate assessment 1 1; 1")] // day 182 is before 182.625
    [InlineData("SD183", "last adequate assessment 1 0; 0")]
    [InlineData("SD100, SD200, -", "last adequate assessment 2 1, no adequate assessment 1 1; 2")]
    [InlineData("PD100", "*progression 1 1; 0")]
    [InlineData("PD190, death50, SD100", "*progression 1 0, *death 1 1, last adequate assessment 1 1; 1")]
    [InlineData("SD100 therapy120", "last adequate assessment 1 1; 1")]
    public async Task Progression_free_survival_tells_what_ended_it(string people, string expected) =>
        Assert.Equal(expected, InWords((await ComputeAsync(people, new() { Endpoint = V1.Endpoint.ProgressionFreeSurvival })).Strata.Single()));

    [Theory]
    [InlineData("SD100 therapy120", "new therapy 1 1; 1")]
    [InlineData("SD100 therapy120 PD200", "new therapy 1 1; 1")]
    [InlineData("SD100 PD110 therapy120", "*progression 1 1; 0")]
    public async Task So_does_it_when_new_therapy_censors(string people, string expected) => Assert.Equal(
        expected, InWords((await ComputeAsync(people, new() { Endpoint = V1.Endpoint.ProgressionFreeSurvival, CensorAtNewTherapy = true })).Strata.Single()));

    [Theory]
    [InlineData("SD30 death190", "missed assessments 1 1; 1")]
    [InlineData("SD30 death40", "*death 1 1; 0")]
    public async Task And_when_missed_assessments_do(string people, string expected) => Assert.Equal(
        expected, InWords((await ComputeAsync(people, new() { Endpoint = V1.Endpoint.ProgressionFreeSurvival, CensorAfterMissedAssessments = true })).Strata.Single()));

    [Fact]
    public async Task Overall_survival_tells_it_by_group_with_and_without_a_cutoff()
    {
        const string People = "death50, seen100, 02 seen190";
        var curve = await ComputeAsync(People, new() { Endpoint = V1.Endpoint.OverallSurvival, Grouping = V1.Grouping.Site });
        Assert.Equal(
            ["*death 1 1, last known alive 2 1; 1", "*death 1 1, last known alive 1 1; 1", "last known alive 1 0; 0"], curve.Strata.Select(InWords));

        curve = await ComputeAsync(People, new() { Endpoint = V1.Endpoint.OverallSurvival, DataCutoffDate = On(150) });
        Assert.Equal("*death 1 1, last known alive 1 1, alive at the cut-off 1 1; 2", InWords(curve.Strata.Single()));
    }

    [Theory]
    [InlineData(false, "Censored", "2 (66.7 %)", "Last adequate assessment", "No adequate assessment", "Before 6 months")]
    [InlineData(true, "删失", "2 (66.7 %)", "末次充分评估", "无充分评估", "6个月之前")]
    public void The_report_shows_it_under_the_curve(bool chinese, params string[] expected)
    {
        var html = ReportStudy.Html(Study("PD200, SD190, -"), chinese);
        var part = html[html.IndexOf("progression-free-survival-quantiles", StringComparison.Ordinal)..];

        Assert.All(expected, text => Assert.Contains(text, part, StringComparison.Ordinal));
    }

    private static async Task<V1.SurvivalCurve> ComputeAsync(string people, V1.GetSurvivalCurveRequest request)
    {
        var question = SurvivalQuestion.Parse(request, Now);
        var counts = await CurveCounts.OfAsync(Study(people).Dossiers.ToAsyncEnumerable(), question.Scope);
        return SurvivalAnswer.Compute(question, counts, CohortPosition.None.After("enrolment", Now, Now).ToV1(asOf: null, Now));
    }

    // Reason, participants, those before six months, an event with a star; then those censored before six months.
    private static string InWords(V1.SurvivalStratum stratum) =>
        $"{string.Join(", ", stratum.Ends.Select(end => $"{(end.Censored ? "" : "*")}{end.Reason} {end.ParticipantCount} {end.BeforeSixMonthsCount}"))}; {stratum.CensoredBeforeSixMonthsCount}";

    // What happened on which day, a participant after the other; at site 01 unless it says otherwise.
    private static MadeStudy Study(string people)
    {
        var study = new MadeStudy();
        foreach (var (words, i) in people.Split(", ").Select((one, i) => (one.Split(' '), i)))
        {
            study.Infused($"{(words[0] == "02" ? "02" : "01")}-{i + 1:0000}", [.. words.Where(word => word is not ("-" or "02")).Select(Form)]);
        }

        return study;
    }

    private static IMessage Form(string word)
    {
        var name = word.TrimEnd("0123456789".ToCharArray());
        var date = On(int.Parse(word[name.Length..], CultureInfo.InvariantCulture));
        return name switch
        {
            "SD" => new DiseaseAssessment { ResponseDate = date, InvestigatorResponse = Response.StableDisease },
            "PD" => new DiseaseAssessment { ResponseDate = date, InvestigatorResponse = Response.ProgressiveDisease },
            "therapy" => new SubsequentTherapy { StartDate = date },
            "death" => new Death { DeathDate = date },
            _ => (IMessage)new FollowUp { LastKnownAliveDate = date },
        };
    }

    private static string On(int day) => Infusion.AddDays(day - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
