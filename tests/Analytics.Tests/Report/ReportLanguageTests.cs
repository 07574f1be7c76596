using System.Net;
using System.Text.RegularExpressions;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tables.Topics;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Report;

/// <summary>What a report in Chinese says is Chinese, up to names and abbreviations.</summary>
public sealed partial class ReportLanguageTests
{
    public static TheoryData<string> Studies => ["empty", "sparse", "whole", "prospective"];

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_report_in_Chinese_has_no_English_left(string name)
    {
        var request = new V1.GetReportRequest { DataCutoffDate = name == "sparse" ? "2025-06-30" : "" };
        if (name == "prospective")
        {
            request.Population = new() { Origin = DataOrigin.Prospective, Subgroups = { new V1.Subgroup { Grouping = V1.Grouping.HighRisk, Key = "YES" } } };
        }

        Assert.Empty(EnglishIn(ReportStudy.Html(Study(name), chinese: true, request)));
    }

    [Fact]
    public void A_report_in_English_would_be_found_out() =>
        Assert.Superset(new HashSet<string> { "participants", "Method", "convention", "intervals", "estimable", "Contents" }, EnglishIn(ReportStudy.Html(Study("sparse"))).ToHashSet());

    [Fact]
    public void Every_variant_of_a_curve_s_method_is_told_in_Chinese()
    {
        foreach (var endpoint in Enum.GetValues<V1.Endpoint>().Skip(1))
        {
            foreach (var type in Enum.GetValues<V1.IntervalType>())
            {
                var switches = endpoint != V1.Endpoint.OverallSurvival;
                var question = SurvivalQuestion.Parse(
                    new() { Endpoint = endpoint, IntervalType = type, Grouping = V1.Grouping.Site, CensorAtNewTherapy = switches, CensorAfterMissedAssessments = switches }, ReportStudy.Now);
                Assert.Empty(EnglishIn(SurvivalMethod.InWords(question).Zh));
            }
        }

        Assert.Empty(EnglishIn(IncidenceAnswers.Method(0.9, withGroups: true).Zh));
    }

    [Fact]
    public void A_regimen_that_is_named_in_English_is_named_in_Chinese()
    {
        foreach (var one in Enum.GetValues<TherapyClass>())
        {
            var regimen = Regimen.Of([new Treatment { TherapyClass = one }, new Treatment { TherapyClass = TherapyClass.Pi }]);
            Assert.Equal(regimen.LabelZh, Regimen.ToChinese(regimen.Label));
        }

        Assert.Equal("类别不详", Regimen.ToChinese(Regimen.Of([]).Label));
    }

    // Words of a page that a reader sees or hears, without the command at its end and what sites wrote.
    private static IEnumerable<string> EnglishIn(string html)
    {
        var spoken = string.Join(' ', Spoken().Matches(html).Select(match => match.Groups[1].Value));
        var text = WebUtility.HtmlDecode($"{spoken} {Tag().Replace(Unseen().Replace(html, " "), " ")}");
        text = ReportStudy.FreeTexts.Aggregate(text, (rest, written) => rest.Replace(written, "", StringComparison.OrdinalIgnoreCase));
        return Word().Matches(text).Select(match => match.Value).Where(word => !International().IsMatch(word)).Distinct();
    }

    private static MadeStudy Study(string name) => name switch
    {
        "empty" => new MadeStudy(),
        "sparse" => new MadeStudy()
            .Infused(
                "01-0001",
                new DiseaseAssessment { ResponseDate = "2025-04-01", InvestigatorResponse = Response.Partial },
                new SubsequentTherapy { StartDate = "2025-05-01", Treatments = { new Treatment { TherapyClass = TherapyClass.AntiCd38 }, new Treatment { TherapyClass = TherapyClass.Alkylator } } })
            .Infused("01-0002", new Death { DeathDate = "2025-08-01" }).Infused("02-0001", new Death { DeathDate = "2025-02-01" }).With("02-0002", new Participation()),
        _ => ReportStudy.Of(40),
    };

    // Two letters and more, not all of them capitals: abbreviations in capitals are international.
    [GeneratedRegex("(?=[A-Z]*[a-z])[A-Za-z]{2,}")]
    private static partial Regex Word();

    // People after whom methods and value sets are called, units, and abbreviations with small letters.
    [GeneratedRegex("^(Kaplan|Meier|Greenwood|Brookmeyer|Crowley|Clopper|Pearson|Aalen|Johansen|Marubini|Valsecchi|Gray|Poisson|Luo|Liu|kg|sCR|eGFR|Ig[AGD])$")]
    private static partial Regex International();

    [GeneratedRegex("<style.*?</style>|<code>.*?</code>", RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("aria-label=\"([^\"]*)\"")]
    private static partial Regex Spoken();
}
