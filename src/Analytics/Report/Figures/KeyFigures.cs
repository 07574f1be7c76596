using System.Xml.Linq;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>The study's main results, to be seen at a glance. Each leads to the part that tells how it was made.</summary>
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
            Card("baseline", words.Of("Infused participants", "回输受试者"), Numerals.Count(response.ParticipantCount()), ""),
            Share("best-response", response, "orr", words.Of("Overall response", "总缓解率"), words),
            Share("best-response", response, "cr-rate", words.Of("Complete response", "完全缓解率"), words),
            Survival("progression-free-survival", findings.ProgressionFree, words.Of("Progression-free at 6 months", "6个月无进展生存率"), words),
            Survival("overall-survival", findings.Overall, words.Of("Alive at 6 months", "6个月总生存率"), words),
            Share("adverse-events", events, "crs", words.Of("CRS, any grade", "CRS（任何级别）"), words),
            Share("adverse-events", events, "icans", words.Of("ICANS, any grade", "ICANS（任何级别）"), words),
            Share("adverse-events", events, "grade-3", words.Of("Adverse event of grade 3 or more", "3级及以上不良事件"), words),
        });
    }

    private static XElement Share(string part, V1.Table table, string key, string label, Wording words)
    {
        var cell = table.Find(key)!.Cells[0];
        return cell.HasEstimate
            ? Card(
                part, label, $"{Numerals.Percent(cell.Estimate)} %",
                $"{Numerals.Count(cell.ParticipantCount)}/{Numerals.Count(table.ParticipantCount())}; {Numerals.Percent(cell.Lower)}–{Numerals.Percent(cell.Upper)}")
            : Card(part, label, "–", words.NotEstimable(cell.NotEstimableReason));
    }

    private static XElement Survival(string part, V1.SurvivalCurve curve, string label, Wording words)
    {
        var rate = SurvivalFigure.AtSixMonths(curve);
        var atRisk = words.Of($"{Numerals.Count(rate.AtRiskCount)} at risk", $"风险人数{Numerals.Count(rate.AtRiskCount)}");
        return !rate.HasSurvival
            ? Card(part, label, "–", words.NotEstimable(rate.NotEstimableReason))
            : Card(part, label, $"{Numerals.Percent(100 * rate.Survival)} %", $"{SurvivalFigure.Limits(rate)}; {atRisk}");
    }

    private static XElement Card(string part, string label, string value, string note) =>
        Element("div", Element("dt", Element("a", Attribute("href", $"#{part}"), label)), Element("dd", Element("strong", value), note.Length == 0 ? null : Element("span", note)));
}
