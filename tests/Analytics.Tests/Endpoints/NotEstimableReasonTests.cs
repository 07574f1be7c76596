using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tests.Endpoints;

/// <summary>What a curve cannot tell says why.</summary>
public sealed class NotEstimableReasonTests
{
    private const string Nothing = "fewer than two groups could have had events";
    private const string NoDifference = "no difference between the groups could have shown";

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    // Participants by site: alive when last seen, or died, on a day of March 2025.
    [Theory]
    [InlineData("", V1.Grouping.Site, Nothing, "no participants", "no participants")]
    [InlineData("", V1.Grouping.Unspecified, "", "no participants", "no participants")]
    [InlineData("01 alive 20, 02 alive 25", V1.Grouping.Unspecified, "", "not reached", "")]
    [InlineData("01 alive 20, 02 alive 25", V1.Grouping.Site, Nothing, "not reached", "")]
    [InlineData("01 died 20, 01 alive 25", V1.Grouping.Site, Nothing, "", "")]
    [InlineData("01 died 20, 01 died 20, 02 died 20", V1.Grouping.Site, NoDifference, "", "not reached")]
    [InlineData("01 died 20, 01 alive 25, 02 died 21", V1.Grouping.Site, "", "", "")]
    public async Task The_test_the_median_and_the_follow_up_say_why_there_is_none(string people, V1.Grouping grouping, string test, string median, string followUp)
    {
        var question = SurvivalQuestion.Parse(new() { Endpoint = V1.Endpoint.OverallSurvival, Grouping = grouping, Quantiles = { 0.5 } }, Now);
        var counts = await CurveCounts.OfAsync(Study(people).Dossiers.ToAsyncEnumerable(), question.Scope);
        var curve = SurvivalAnswer.Compute(question, counts, CohortPosition.None.After("enrolment", Now, Now).ToV1(asOf: null, Now));

        var all = curve.Strata[0];
        Assert.Equal((test, median, followUp), (curve.LogRankNotEstimableReason, all.Quantiles.Single().NotEstimableReason, all.MedianFollowUpNotEstimableReason));
        Assert.Equal(grouping == V1.Grouping.Site && test.Length == 0, curve.LogRank is not null);
        Assert.Equal((median.Length == 0, followUp.Length == 0), (all.Quantiles.Single().HasDays, all.HasMedianFollowUpDays));
    }

    [Theory]
    [InlineData("", V1.Grouping.Site, Nothing)]
    [InlineData("01 responded 20", V1.Grouping.Site, Nothing)]
    [InlineData("01 responded 20", V1.Grouping.Unspecified, "")]
    [InlineData("01 alive 20, 02 alive 20", V1.Grouping.Site, NoDifference)]
    [InlineData("01 responded 20, 01 responded 22, 02 responded 25, 02 alive 28", V1.Grouping.Site, "")]
    public void Grays_test_says_why_there_is_none(string people, V1.Grouping grouping, string expected)
    {
        var request = new V1.GetIncidenceCurveRequest { Endpoint = V1.IncidenceEndpoint.Response, Grouping = grouping };
        var counts = new CurveCounts();
        Study(people).Dossiers.ForEach(dossier => counts.Add(dossier, CurveScope.Of(request)));
        var curve = IncidenceAnswers.Compute(request, counts, CohortPosition.None.After("enrolment", Now, Now).ToV1(asOf: null, Now));

        Assert.Equal(expected, curve.GrayNotEstimableReason);
        Assert.Equal(grouping == V1.Grouping.Site && expected.Length == 0, curve.Gray is not null);
    }

    private static MadeStudy Study(string people)
    {
        var study = new MadeStudy();
        foreach (var (words, i) in people.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select((one, i) => (one.Split(' '), i)))
        {
            var date = $"2025-03-{words[2]}";
            study.Infused($"{words[0]}-{i + 1:0000}", words[1] switch
            {
                "died" => new Death { DeathDate = date },
                "responded" => new DiseaseAssessment { ResponseDate = date, InvestigatorResponse = Response.Partial },
                _ => (IMessage)new FollowUp { LastKnownAliveDate = date },
            });
        }

        return study;
    }
}
