using System.Reflection;
using System.Xml.Linq;
using Equecel.Analytics.Report.Parts;
using Equecel.Common.V1;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report;

/// <summary>Composes the study report: one page that needs nothing beside it.</summary>
internal static class ReportPage
{
    // Nothing is fetched and no script runs, whatever a site has written into its records.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    private static readonly string Style = ReadStyle();

    /// <summary>Composes it.</summary>
    /// <param name="findings">The answers.</param>
    /// <param name="words">The language.</param>
    public static XElement Compose(Findings findings, Wording words)
    {
        var title = words.Of("Equecabtagene autoleucel in multiple myeloma: study report", "伊基奥仑赛治疗多发性骨髓瘤：研究报告");
        var chapters = Chapters.Of(findings, words).ToList();
        return Element(
            "html", Attribute("lang", words.Tag),
            Element(
                "head",
                Element("meta", Attribute("charset", "utf-8")),
                Element("meta", Attribute("http-equiv", "Content-Security-Policy"), Attribute("content", Policy)),
                Element("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")),
                Element("title", title),
                Element("style", Style)),
            Element(
                "body",
                Element("a", Class("skip"), Attribute("href", "#main"), words.Of("To the results", "跳至结果")),
                Header(title, findings, words),
                Contents(chapters, words),
                Element("main", Id("main"), chapters.Select(chapter => Element(
                    "section", Class("chapter"), Attribute("aria-labelledby", chapter.Id), Element("h2", Id(chapter.Id), chapter.Title), chapter.Content))),
                Footer(findings, words)));
    }

    private static XElement Header(string title, Findings findings, Wording words)
    {
        var source = Source.Of(findings.Overall);
        return Element(
            "header",
            Element("h1", title),
            Element("p", Class("lead"), words.Of(
                "Multicentre, observational, single-arm study in routine care of relapsed or refractory multiple myeloma.",
                "复发或难治性多发性骨髓瘤的多中心、观察性、单臂真实世界研究。")),
            Element("p", SourceLines.Whom(source, words)),
            Element("p", SourceLines.When(source, words)));
    }

    private static XElement Contents(List<Chapter> chapters, Wording words) => Element(
        "nav", Attribute("aria-label", words.Of("Contents", "目录")),
        Element("ul", chapters.Select(chapter => Element("li", Element("a", Attribute("href", $"#{chapter.Id}"), chapter.Title)))));

    private static XElement Footer(Findings findings, Wording words)
    {
        var instant = SourceLines.Instant(findings.Position.AsOfTime.ToDateTimeOffset());
        return Element(
            "footer",
            Element("p", words.Of(
                $"Every number is of one moment, {instant}, and is made by rule set {findings.Overall.RuleSet}. The same report is had again by asking for this instant: ",
                $"全部数字取自同一时刻{instant}，规则集{findings.Overall.RuleSet}。以该时刻为参数可再次得到同一报告："),
            Element("code", Command(findings.Overall, instant, words))),
            Element("p", words.Of(
                "Intervals are of 95 % unless a method says otherwise. Tests and comparisons of groups are exploratory: the study has one arm.",
                "除另有说明外，区间均为95%。分组比较为探索性：本研究为单臂研究。")));
    }

    private static string Command(V1.SurvivalCurve scope, string instant, Wording words)
    {
        var (sites, origin) = (scope.Population?.Sites ?? [], scope.Population?.Origin ?? DataOrigin.Unspecified);
        return string.Concat(
            $"equecel report -o report.html --as-of {instant}",
            scope.DataCutoffDate.Length == 0 ? "" : $" --cutoff {scope.DataCutoffDate}",
            sites.Count == 0 ? "" : $" --site {string.Join(' ', sites)}",
            origin == DataOrigin.Unspecified ? "" : $" --origin {origin.ToString().ToLowerInvariant()}",
            string.Concat((scope.Population?.Subgroups ?? []).Select(one => $" --subgroup {ContractNames.Of(V1.SurvivalReflection.Descriptor, one.Grouping)}={one.Key}")),
            words.IsChinese ? " --language zh" : "");
    }

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Equecel.Analytics.Report.Report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
