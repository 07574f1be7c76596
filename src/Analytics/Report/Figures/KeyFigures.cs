using System.Xml.Linq;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>The study's main results, to be seen at a glance.</summary>
internal static class KeyFigures
{
    /// <summary>Makes them.</summary>
    /// <param name="findings">The answers.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(Findings findings, Wording words)
    {
        var (response, events) = (findings[V1.Topic.BestResponse], findings[V1.Topic.AdverseEvents]);
        return Element("dl", Class("key"), new[]
        {
            Card(words.Of("Infused participants", "回输受试者"), Numerals.Count(response.ParticipantCount()), ""),
            Share(response, "orr", words.Of("Overall response", "总缓解率"), words),
            Share(response, "cr-rate", words.Of("Complete response", "完全缓解率"), words),
            Survival(findings.ProgressionFree, words.Of("Progression-free at 6 months", "6个月无进展生存率"), words),
            Survival(findings.Overall, words.Of("Alive at 6 months", "6个月总生存率"), words),
            Share(events, "crs", words.Of("CRS, any grade", "CRS（任何级别）"), words),
            Share(events, "icans", words.Of("ICANS, any grade", "ICANS（任何级别）"), words),
            Share(events, "grade-3", words.Of("Adverse event of grade 3 or more", "3级及以上不良事件"), words),
        });
    }

    private static XElement Share(V1.Table table, string key, string label, Wording words)
    {
        var cell = table.Find(key)!.Cells[0];
        return cell.HasEstimate
            ? Card(
                label, $"{Numerals.Percent(cell.Estimate)} %",
                $"{Numerals.Count(cell.ParticipantCount)}/{Numerals.Count(table.ParticipantCount())}; {Numerals.Percent(cell.Lower)}–{Numerals.Percent(cell.Upper)}")
            : Card(label, "–", words.NotEstimable(cell.NotEstimableReason));
    }

    private static XElement Survival(V1.SurvivalCurve curve, string label, Wording words)
    {
        var rate = SurvivalFigure.AtSixMonths(curve);
        var atRisk = words.Of($"{Numerals.Count(rate.AtRiskCount)} at risk", $"风险人数{Numerals.Count(rate.AtRiskCount)}");
        return !rate.HasSurvival
            ? Card(label, "–", words.NotEstimable(rate.NotEstimableReason))
            : Card(label, $"{Numerals.Percent(100 * rate.Survival)} %", $"{SurvivalFigure.Limits(rate)}; {atRisk}");
    }

    private static XElement Card(string label, string value, string note) =>
        Element("div", Element("dt", label), Element("dd", Element("strong", value), note.Length == 0 ? null : Element("span", note)));
}
