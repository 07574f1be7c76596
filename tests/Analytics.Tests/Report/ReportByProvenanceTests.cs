using System.Text.RegularExpressions;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Report;

/// <summary>Prospective and retrospective participants apart: those of site 01, and those of site 02.</summary>
public sealed class ReportByProvenanceTests
{
    private const string Heading = "<h4>Prospective and retrospective apart</h4>";

    [Theory]
    // Of the response: all, prospective, retrospective; the one precluded has progressed.
    [InlineData("incidence", "<th class=\"level-1\" scope=\"row\">With the event</th><td>1</td><td>1</td><td>0</td>")]
    [InlineData("incidence", "<th class=\"level-1\" scope=\"row\">Precluded</th><td>1</td><td>0</td><td>1</td>")]
    [InlineData("incidence", "<th class=\"level-1\" scope=\"row\">By month 1</th><td>50.0 % (0.6–91.0)</td><td>100.0 % (NE)</td><td>0.0 % (NE)</td>")]
    // Grade 3 or more, serious, related; of the prospective, then of the retrospective.
    [InlineData("terms", "<th scope=\"row\">Nausea</th><td>1</td><td>1</td><td>0</td><td>0</td><td>0</td><td>1</td>")]
    // Change at week 4, 8, 12 and 24; of the prospective, then of the retrospective.
    [InlineData("quality-of-life", "<th scope=\"row\">EQ VAS (EQ-5D-5L)</th><td>10; n = 1</td><td>-</td><td>-</td><td>-</td><td>−10; n = 1</td>")]
    [InlineData("data-quality", "<th scope=\"row\">Prospective</th><td>1</td>")]
    [InlineData("data-quality", "<th scope=\"row\">Retrospective</th><td>2</td>")]
    public void What_is_told_of_everybody_is_told_of_each(string part, string line)
    {
        var html = Part(part, ReportStudy.Html(Study()));

        Assert.Equal(1, Regex.Count(html, Heading));
        Assert.Contains(line.Replace(">-<", ">not estimable: no values<", StringComparison.Ordinal).Replace("n = ", "n\u00a0=\u00a0", StringComparison.Ordinal), html, StringComparison.Ordinal);
    }

    [Fact]
    public void One_provenance_is_the_whole_and_is_not_told_twice()
    {
        Assert.DoesNotContain(Heading, ReportStudy.Html(Study(), request: new() { Population = new() { Origin = DataOrigin.Retrospective } }), StringComparison.Ordinal);
        Assert.DoesNotContain(Heading, ReportStudy.Html(new MadeStudy().Infused("01-0001").Infused("01-0002")), StringComparison.Ordinal);
        Assert.DoesNotContain(Heading, ReportStudy.Html(new MadeStudy()), StringComparison.Ordinal);
    }

    private static MadeStudy Study() => new MadeStudy()
        .Infused("01-0001", Assessed(Response.Partial), Nausea(3, serious: true), Eq5d(Visit.Baseline, "2025-02-20", 70), Eq5d(Visit.Week4, "2025-03-29", 80))
        .Infused("02-0001", Assessed(Response.ProgressiveDisease), Nausea(1, serious: false), Eq5d(Visit.Baseline, "2025-02-20", 60), Eq5d(Visit.Week4, "2025-03-29", 50))
        .With("02-0002", new Enrolment.V1.Participation());

    private static DiseaseAssessment Assessed(Response response) => new() { ResponseDate = "2025-03-20", InvestigatorResponse = response };

    private static AdverseEvent Nausea(int grade, bool serious)
    {
        var form = new AdverseEvent { Term = "Nausea", Grade = grade, OnsetDate = "2025-03-04", Serious = serious };
        if (!serious)
        {
            form.Causes.Add(new AdverseEvent.Types.CauseAssessment { Cause = AdverseEvent.Types.Cause.EqueCel, Causality = Causality.Possible });
        }

        return form;
    }

    private static QuestionnaireScores Eq5d(Visit visit, string date, int score) => new()
    {
        Instrument = QuestionnaireScores.Types.Instrument.Eq5D5L,
        AssignedVisit = visit,
        CompletionDate = date,
        VasScore = score,
    };

    private static string Part(string id, string html)
    {
        var part = html[html.IndexOf($"<h3 id=\"{id}\"", StringComparison.Ordinal)..];
        return part[..part.IndexOf("</section>", StringComparison.Ordinal)];
    }
}
