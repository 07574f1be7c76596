using System.Globalization;
using System.Text.RegularExpressions;
using Equecel.Analytics.Tests.Statistics;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tests.Report;

/// <summary>The tests between prospective and retrospective participants, those of site 01 and those of site 02.</summary>
public sealed partial class ReportComparisonTests
{
    private const string NoDifference = "no difference between the groups could have shown";
    private const string Nothing = "fewer than two groups could have had events";

    private static readonly DateOnly Infusion = new(2025, 3, 1);

    [Theory]
    // R: chi-square 10.31641, p 0.0013185 of response in D08; 2.103771, 0.1469363 of death in D07.
    [InlineData("D08_sim_ttr_competing", "incidence", false, "Response (PR or better): Gray's test, prospective against retrospective (exploratory): chi-square 10.3, degrees of freedom 1, p = 0.001.")]
    [InlineData("D08_sim_ttr_competing", "incidence", true, "缓解（PR及以上）：Gray检验，前瞻性与回顾性比较（探索性）：卡方值10.3，自由度1，p = 0.001。")]
    [InlineData("D07_sim_os", "overall-survival", false, "Log-rank test, prospective against retrospective (exploratory): chi-square 2.1, degrees of freedom 1, p = 0.147.")]
    [InlineData("D07_sim_os", "overall-survival", true, "对数秩检验，前瞻性与回顾性比较（探索性）：卡方值2.1，自由度1，p = 0.147。")]
    public void A_figure_with_groups_tells_the_test_of_R(string vector, string part, bool chinese, string expected) =>
        Assert.Contains(expected, Tests(Part(part, ReportStudy.Html(Study(vector), chinese))));

    [Fact]
    public void A_very_small_p_is_told_as_such()
    {
        var study = new MadeStudy();
        for (var i = 1; i <= 20; i++)
        {
            study.Infused($"01-{i:0000}", Assessed(15 + i, Response.Partial)).Infused($"02-{i:0000}", Assessed(80 + i, Response.Partial));
        }

        Assert.EndsWith("degrees of freedom 1, p < 0.001.", Tests(Part("incidence", ReportStudy.Html(study)))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("incidence", NoDifference)]
    [InlineData("progression-free-survival", Nothing)]
    [InlineData("overall-survival", Nothing)]
    public void A_test_that_cannot_be_made_says_why(string part, string reason)
    {
        var study = new MadeStudy().Infused("01-0001", Assessed(30, Response.StableDisease)).Infused("02-0001", Assessed(30, Response.StableDisease));

        Assert.All(Tests(Part(part, ReportStudy.Html(study))), test => Assert.EndsWith($"(exploratory): not estimable: {reason}.", test, StringComparison.Ordinal));
        Assert.All(Tests(Part(part, ReportStudy.Html(study, chinese: true))), test => Assert.Contains("（探索性）：不可估计：", test, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("one provenance", false)]
    [InlineData("one provenance asked for", false)]
    [InlineData("nobody", false)]
    public void A_method_names_the_test_where_there_is_one(string population, bool isCompared)
    {
        var request = population == "one provenance asked for" ? new V1.GetReportRequest { Population = new() { Origin = DataOrigin.Prospective } } : null;
        var study = population switch
        {
            "nobody" => new MadeStudy(),
            "one provenance" => new MadeStudy().Infused("01-0001", Assessed(20, Response.Partial)).Infused("01-0002", Assessed(30, Response.Partial)),
            _ => ReportStudy.Of(30),
        };

        foreach (var chinese in new[] { false, true })
        {
            var html = ReportStudy.Html(study, chinese, request);
            foreach (var (part, test) in new[] { ("incidence", "Gray"), ("duration-of-response", chinese ? "对数秩" : "og-rank"), ("overall-survival", chinese ? "对数秩" : "og-rank") })
            {
                Assert.Equal((isCompared, isCompared), (Method(Part(part, html)).Contains(test, StringComparison.Ordinal), Tests(Part(part, html)).Count > 0));
            }
        }
    }

    // The times of a set of R's, day 1 being that of the infusion: responses or deaths, what precludes responses, and who was seen last then.
    private static MadeStudy Study(string vector)
    {
        var study = new MadeStudy();
        foreach (var (row, i) in SurvivalVector.Csv(vector, "input.csv").Select((row, i) => (row, i + 1)))
        {
            var days = int.Parse(row["time"], CultureInfo.InvariantCulture);
            var isResponse = vector.Contains("ttr", StringComparison.Ordinal);
            study.Infused($"{(row["group"] == "cart_naive" ? "01" : "02")}-{i:0000}", (row["status"], isResponse) switch
            {
                ("1", true) => Assessed(days, Response.Partial),
                ("0", true) => Assessed(days, Response.StableDisease),
                ("0", false) => new Enrolment.V1.FollowUp { LastKnownAliveDate = Date(days) },
                _ => (IMessage)new Death { DeathDate = Date(days) },
            });
        }

        return study;
    }

    private static DiseaseAssessment Assessed(int days, Response response) => new() { ResponseDate = Date(days), InvestigatorResponse = response };

    private static string Date(int days) => Infusion.AddDays(days - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Part(string id, string html) => html.Split($"<h3 id=\"{id}\">")[1].Split("</section>")[0];

    private static string Method(string part) => Regex.Match(part, "<p class=\"method\">(.*?)</p>").Groups[1].Value;

    private static List<string> Tests(string part) => [.. Told().Matches(part).Select(test => System.Net.WebUtility.HtmlDecode(test.Groups[1].Value))];

    [GeneratedRegex("<p>([^<]*(?:exploratory|探索性)[^<]*)</p>")]
    private static partial Regex Told();
}
