using System.Text.RegularExpressions;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Report;

/// <summary>Rates of adverse events and laboratory cytopenias: one participant is prospective, one retrospective, both infused on 1 March 2025.</summary>
public sealed class ReportSafetyTests
{
    [Fact]
    public void Rates_of_adverse_events_are_told_with_how_they_are_made()
    {
        // Under observation for 40 days with a first event on day 10 and another after it, and for 50 days without any: limits by Garwood's table of 0, 1 and 2 events.
        var study = new MadeStudy()
            .Infused("01-0001", Neutropenia("2025-03-10"), Neutropenia("2025-03-20"), new Enrolment.V1.FollowUp { LastKnownAliveDate = "2025-04-09" })
            .Infused("02-0001", new Enrolment.V1.FollowUp { LastKnownAliveDate = "2025-04-19" });

        var english = Part("adverse-event-rates", ReportStudy.Html(study));
        var lines = Lines(english);
        Assert.Equal("All (N = 2) Prospective (N = 1) Retrospective (N = 1)", lines[0]);
        Assert.Equal("Time under observation, days 45 (40–50); 40–50; n = 2 40 (40–40); 40–40; n = 1 50 (50–50); 50–50; n = 1", lines[1]);
        Assert.Equal("Rate of participants with one, to their first", lines[2]);
        Assert.Equal("Any adverse event 1: 50.7 (1.28 to 282.6) 1: 304.4 (7.71 to 1695.9) 0: 0 (0 to 224.6)", lines[3]);
        Assert.Equal("Rate of events, repeated ones as well", lines[21]);
        Assert.Equal("Any adverse event 2: 67.6 (8.19 to 244.3) 2: 152.2 (18.4 to 549.8) 0: 0 (0 to 224.6)", lines[22]);
        Assert.Equal(40, lines.Count);
        Assert.Contains("rates per 100 person-months of 30.4375 days, exact Poisson", Method(english), StringComparison.Ordinal);

        // The table of shares is made without rates, and says so.
        Assert.DoesNotContain("person-months", Part("adverse-events", ReportStudy.Html(study)), StringComparison.Ordinal);

        var chinese = Part("adverse-event-rates", ReportStudy.Html(study, chinese: true));
        Assert.Contains("任何不良事件 1: 50.7 (1.28 至 282.6) 1: 304.4 (7.71 至 1695.9) 0: 0 (0 至 224.6)", Lines(chinese));
        Assert.Contains("每100人月（每月30.4375天），精确Poisson区间", Method(chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void Cytopenias_are_told_by_worst_grade_and_grade_at_baseline()
    {
        var study = new MadeStudy()
            .Infused("01-0001", Counted("2025-02-20", 3.0), Counted("2025-03-08", 0.4))
            .Infused("02-0001", Counted("2025-03-08", 1.2));

        var english = Part("cytopenia", ReportStudy.Html(study));
        Assert.Equal(["Haemoglobin", "Neutrophils", "Lymphocytes", "Platelets"], Regex.Matches(english, "<h4>([^<]+)</h4>").Select(match => match.Groups[1].Value));
        var lines = Lines(english.Split("<h4>Neutrophils</h4>")[1].Split("<h4>")[0]);
        Assert.Equal(
            [
                "Days and worst grade All (N = 2) Prospective (N = 1) Retrospective (N = 1) Grade 0–1 at baseline Grade 2 at baseline Grade 3 at baseline Grade 4 at baseline Not known at baseline",
                "0 to 28 days after infusion: measured 2 (100.0 %) 1 (100.0 %) 1 (100.0 %) 1 0 0 0 1",
                "Worst grade 0–1 0 (0.0 %) 0 (0.0 %) 0 (0.0 %) 0 0 0 0 0",
                "Worst grade 2 1 (50.0 %) 0 (0.0 %) 1 (100.0 %) 0 0 0 0 1",
                "Worst grade 3 0 (0.0 %) 0 (0.0 %) 0 (0.0 %) 0 0 0 0 0",
                "Worst grade 4 1 (50.0 %) 1 (100.0 %) 0 (0.0 %) 1 0 0 0 0",
                "29 to 56 days after infusion: measured 0 (0.0 %) 0 (0.0 %) 0 (0.0 %) 0 0 0 0 0",
            ],
            lines.Take(7));
        Assert.Equal(1 + 6 + 4, lines.Count);

        // A laboratory gives no anaemia of grade 4.
        Assert.DoesNotContain("4 at baseline", english.Split("<h4>Neutrophils</h4>")[0], StringComparison.Ordinal);
        Assert.Contains("graded by CTCAE 5.0", Method(english), StringComparison.Ordinal);

        var chinese = Part("cytopenia", ReportStudy.Html(study, chinese: true));
        Assert.Contains("回输后0–28天：已检测 2 (100.0 %) 1 (100.0 %) 1 (100.0 %) 1 0 0 0 1", Lines(chinese));
        Assert.Contains("按CTCAE 5.0分级", Method(chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void Blood_that_nobody_counted_is_not_told_as_good() => Assert.Contains(
        "Nothing to draw; not estimable: no values.", Part("cytopenia", ReportStudy.Html(new MadeStudy().Infused("01-0001"))), StringComparison.Ordinal);

    private static AdverseEvent Neutropenia(string date) => new() { Term = "Neutropenia", Grade = 3, OnsetDate = date, Serious = false };

    private static DiseaseAssessment Counted(string date, double neutrophils) => new() { BloodDate = date, NeutrophilsE9PerL = neutrophils };

    private static string Part(string id, string html) => html.Split($"<h3 id=\"{id}\">")[1].Split("</section>")[0];

    private static string Method(string part) => Regex.Match(part, "<p class=\"method\">(.*?)</p>").Groups[1].Value;

    private static List<string> Lines(string html) =>
    [
        .. Regex.Matches(html, "<tr>(.*?)</tr>").Select(line => string.Join(' ', Regex.Matches(line.Groups[1].Value, ">([^<>]+)<").Select(text => text.Groups[1].Value)).Replace('\u00a0', ' ')),
    ];
}
