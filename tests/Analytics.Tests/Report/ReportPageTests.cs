using System.Text.RegularExpressions;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Report;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Report;

public sealed partial class ReportPageTests
{
    public static TheoryData<string> Studies => ["empty", "one participant", "everyone censored", "everyone dead on day 1", "a study"];

    [Theory]
    [MemberData(nameof(Studies))]
    public void Every_study_has_a_whole_page_in_both_languages(string name)
    {
        foreach (var chinese in new[] { false, true })
        {
            var html = ReportStudy.Html(Study(name), chinese);

            Assert.StartsWith($"<!DOCTYPE html>\n<html lang=\"{(chinese ? "zh-CN" : "en")}\">", html, StringComparison.Ordinal);
            Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", html, StringComparison.Ordinal);

            var ids = Ids().Matches(html).Select(match => match.Groups[1].Value).ToList();
            Assert.Equal(ids.Distinct(), ids);

            // One step at a time, downwards.
            var levels = Headings().Matches(html).Select(match => int.Parse(match.Groups[1].Value)).ToList();
            Assert.Equal(1, levels[0]);
            Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));

            // Every part says how it was made.
            Assert.Equal(2 * Regex.Count(html, "class=\"part\""), Regex.Count(html, "class=\"method\""));
        }
    }

    [Theory]
    [InlineData(false, "", "", "equecel report -o report.html --as-of 2026-01-01T00:00:00Z")]
    [InlineData(true, "01 02", "2025-06-30", "equecel report -o report.html --as-of 2026-01-01T00:00:00Z --cutoff 2025-06-30 --site 01 02 --origin prospective --subgroup prior-lines=FROM_3 --language zh")]
    public void The_page_ends_with_the_command_that_makes_it_again(bool chinese, string sites, string cutoff, string command)
    {
        var request = new V1.GetReportRequest { DataCutoffDate = cutoff };
        if (sites.Length > 0)
        {
            request.Population = new() { Sites = { sites.Split(' ') }, Origin = DataOrigin.Prospective, Subgroups = { new V1.Subgroup { Grouping = V1.Grouping.PriorLines, Key = "FROM_3" } } };
        }

        Assert.Contains($"<code>{command}</code>", ReportStudy.Html(ReportStudy.Of(3), chinese, request), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_result_of_the_study_has_its_part()
    {
        var parts = Regex.Matches(ReportStudy.Html(ReportStudy.Of(20)), "class=\"part\" aria-labelledby=\"([^\"]+)\"").Select(match => match.Groups[1].Value);

        Assert.Equal(
            "baseline prior-therapy treatment treatment-flow best-response incidence time-to-response duration-of-response swimmer progression-free-survival overall-survival "
            + "adverse-events terms adverse-event-rates cytopenia deaths second-cancers hospital-stays resource-use quality-of-life data-quality",
            string.Join(' ', parts));
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void Every_main_result_leads_to_the_part_that_tells_how_it_was_made(string name)
    {
        var html = ReportStudy.Html(Study(name));

        var leads = Regex.Matches(html.Split("<dl class=\"key\">")[1].Split("</dl>")[0], "<dt><a href=\"#([^\"]+)\">[^<]+</a></dt>").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal("baseline best-response best-response progression-free-survival overall-survival adverse-events adverse-events adverse-events", string.Join(' ', leads));
        Assert.All(leads, lead => Assert.Contains($"class=\"part\" aria-labelledby=\"{lead}\"", html, StringComparison.Ordinal));
    }

    [Fact]
    public void System_organ_classes_have_a_part_once_a_site_supplies_them()
    {
        var study = new MadeStudy()
            .Infused("01-0001", new AdverseEvent { Term = "Low neutrophils", Grade = 4, OnsetDate = "2025-03-04", Serious = true, Coding = new() { Soc = "Blood and lymphatic system disorders", Pt = "Neutropenia" } })
            .Infused("01-0002", new AdverseEvent { Term = "Fever", Grade = 1, OnsetDate = "2025-03-04" });

        Assert.Contains("<h3 id=\"classes\">Adverse events by system organ class, term and worst grade</h3>", ReportStudy.Html(study), StringComparison.Ordinal);
        var lines = Regex.Matches(ReportStudy.Html(study, chinese: true).Split("<h3 id=\"classes\">")[1].Split("</section>")[0], "<tr>(.*?)</tr>").Skip(1)
            .Select(line => string.Join(' ', Regex.Matches(line.Groups[1].Value, ">([^<>]+)<").Select(text => text.Groups[1].Value)));
        Assert.Equal(
            [
                "任何不良事件 2 (100.0\u00a0%) 2 (100.0\u00a0%) 1 0 0 1 0 1 1 0",
                "Blood and lymphatic system disorders 1 (50.0\u00a0%) 1 (50.0\u00a0%) 0 0 0 1 0 1 1 0",
                "Neutropenia 1 (50.0\u00a0%) 1 (50.0\u00a0%) 0 0 0 1 0 1 1 0",
                "未编码：未提供系统器官分类 1 (50.0\u00a0%) 1 (50.0\u00a0%) 1 0 0 0 0 0 0 0",
                "Fever 1 (50.0\u00a0%) 1 (50.0\u00a0%) 1 0 0 0 0 0 0 0",
            ],
            lines);
    }

    [Fact]
    public void Nothing_is_fetched_and_no_script_runs()
    {
        var html = ReportStudy.Html(ReportStudy.Of(20));

        Assert.DoesNotMatch("(?i)<(script|link|img|iframe|object|embed|form)|https?:|url\\(|@import| on[a-z]+=", html);
    }

    [Fact]
    public void Every_picture_has_a_title_and_says_what_it_shows()
    {
        var html = ReportStudy.Html(ReportStudy.Of(20));

        var pictures = Regex.Matches(html, "<svg id=\"([^\"]+)\" [^>]*role=\"img\" aria-labelledby=\"([^\"]+)\"><title id=\"[^\"]+\">[^<]+</title><desc id=\"[^\"]+\">[^<]{10,}</desc>");
        Assert.True(pictures.Count >= 20, $"{pictures.Count} pictures");
        Assert.Equal(Regex.Count(html, "<svg"), pictures.Count);
        Assert.All(pictures, picture => Assert.Equal($"{picture.Groups[1].Value}-title {picture.Groups[1].Value}-text", picture.Groups[2].Value));
    }

    [Fact]
    public void What_a_site_has_written_stays_text()
    {
        var html = ReportStudy.Html(new MadeStudy().Infused(
            "01-0001", new AdverseEvent { Term = "<script>alert('x')</script>\u0001 & \"so\"", Grade = 2, OnsetDate = "2025-03-04" }));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', html);
    }

    [Fact]
    public void Words_of_the_other_language_are_marked()
    {
        var english = ReportStudy.Html(ReportStudy.Of(20));
        var chinese = ReportStudy.Html(ReportStudy.Of(20), chinese: true);

        Assert.Contains("<span lang=\"zh-CN\">发热</span>", english, StringComparison.Ordinal);
        Assert.Contains("<span lang=\"en\">Neutropenia</span>", chinese, StringComparison.Ordinal);
        Assert.Contains("<b>方法：</b>Kaplan–Meier乘积限法；", chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_estimable_says_why()
    {
        Assert.Contains("Nothing to draw; not estimable: no participants.", ReportStudy.Html(new MadeStudy()), StringComparison.Ordinal);
        Assert.Contains("无可绘制内容；不可估计：无受试者。", ReportStudy.Html(new MadeStudy(), chinese: true), StringComparison.Ordinal);
        Assert.Contains("not estimable: beyond last follow-up", ReportStudy.Html(Study("everyone censored")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_of_nobody_is_not_told_as_none_of_everybody()
    {
        var html = ReportStudy.Html(new MadeStudy().Infused("01-0001"));

        Assert.Contains("Triple-class refractory</th><td>not estimable: no participants</td>", html, StringComparison.Ordinal);
        // Better and worse at weeks 4, 8, 12 and 24.
        Assert.Contains($"Fatigue (FA)</th>{string.Concat(Enumerable.Repeat("<td>not estimable: no participants</td>", 4))}", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Everyone_dead_on_day_1_is_told_as_it_is()
    {
        var html = ReportStudy.Html(Study("everyone dead on day 1"));

        Assert.Contains("3 of 3 participants had the event, 0 were censored. Alive at 6 months: 0.0 % (NE).", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Limits_before_the_first_event_are_not_made_up(bool chinese)
    {
        var html = ReportStudy.Html(new MadeStudy().Infused("01-0001", new Enrolment.V1.FollowUp { LastKnownAliveDate = "2025-12-01" }), chinese);

        Assert.Contains($"{(chinese ? "6个月存活比例：" : "Alive at 6 months: ")}100.0 % (NE)", html, StringComparison.Ordinal);
        Assert.Contains(chinese ? "<span>NE; 风险人数1</span>" : "<span>NE; 1 at risk</span>", html, StringComparison.Ordinal);
        Assert.Contains(chinese ? "NE：不可估计，如首个事件之前" : "NE: not estimable, as before the first event", html, StringComparison.Ordinal);
        Assert.DoesNotContain("100.0–100.0", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void A_probability_is_marked_where_fewer_than_10_are_at_risk(int participants, bool isMarked)
    {
        var study = new MadeStudy().Infused("01-0001", new Death { DeathDate = "2025-04-01" });
        for (var i = 2; i <= participants + 1; i++)
        {
            study.Infused($"01-{i:0000}", new Enrolment.V1.FollowUp { LastKnownAliveDate = "2025-12-01" });
        }

        foreach (var chinese in new[] { false, true })
        {
            var html = ReportStudy.Html(study, chinese);
            var part = html[html.IndexOf("<h3 id=\"overall-survival\"", StringComparison.Ordinal)..];
            part = part[..part.IndexOf("</section>", StringComparison.Ordinal)];

            Assert.Equal(isMarked, part.Contains(chinese ? "此时风险人数少于10例。" : " Fewer than 10 were at risk then.", StringComparison.Ordinal));
            Assert.Equal(isMarked, part.Contains(")†</td>", StringComparison.Ordinal));
            Assert.Contains(chinese ? "†：风险人数少于十例。" : "†: fewer than ten at risk.", part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_reason_is_known_in_Chinese()
    {
        var words = new Wording(IsChinese: true);

        Assert.All(Enum.GetValues<NotEstimable>(), reason => Assert.NotEqual(reason.InWords(), words.Reason(reason.InWords())));
        Assert.All(Enum.GetValues<EndReason>(), reason => Assert.NotEqual(reason.InWords(), words.Reason(reason.InWords())));
        Assert.All(["not infused", "infused after the cut-off", "death before infusion", "not evaluable"], reason => Assert.NotEqual(reason, words.Reason(reason)));
    }

    [Fact]
    public void Who_is_left_out_is_told_under_each_result()
    {
        var html = ReportStudy.Html(new MadeStudy().Infused("01-0001").With("01-0002", new Participation()));

        Assert.Contains("1 participants of all sites; left out: 1 not infused.", html, StringComparison.Ordinal);
    }

    private static MadeStudy Study(string name) => name switch
    {
        "empty" => new MadeStudy(),
        "one participant" => new MadeStudy().Infused("01-0001"),
        "everyone censored" => new MadeStudy()
            .Infused("01-0001", new Enrolment.V1.FollowUp { LastKnownAliveDate = "2025-05-01" }, new DiseaseAssessment { ResponseDate = "2025-04-01", InvestigatorResponse = Response.StableDisease })
            .Infused("02-0001", new Enrolment.V1.FollowUp { LastKnownAliveDate = "2025-07-01" }),
        "everyone dead on day 1" => new MadeStudy()
            .Infused("01-0001", new Death { DeathDate = "2025-03-01" }).Infused("01-0002", new Death { DeathDate = "2025-03-01" }).Infused("02-0001", new Death { DeathDate = "2025-03-01" }),
        _ => ReportStudy.Of(40),
    };

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("<h([1-6])")]
    private static partial Regex Headings();
}
