using System.Xml.Linq;
using Equecel.Analytics.Report.Figures;
using Equecel.Analytics.Report.Parts;

namespace Equecel.Analytics.Report;

/// <summary>The chapters of the report, in the order in which a physician asks.</summary>
internal static class Chapters
{
    /// <summary>Writes them.</summary>
    /// <param name="findings">The answers.</param>
    /// <param name="words">The language.</param>
    public static IEnumerable<Chapter> Of(Findings findings, Wording words)
    {
        yield return new Chapter("summary", words.Of("Main results", "主要结果"), [KeyFigures.Make(findings, words)]);
        yield return new Chapter("participants", words.Of("Who was treated, and how", "受试者与治疗"),
        [
            Table("baseline", V1.Topic.Baseline, withIntervals: false),
            Table("prior-therapy", V1.Topic.PriorTherapy, withIntervals: false),
            Table("treatment", V1.Topic.Treatment, withIntervals: false),
            FlowFigure.Make(findings[V1.Topic.TreatmentFlow], words),
        ]);
        yield return new Chapter("response", words.Of("Response", "疗效"),
        [
            ResponseFigure.Make(findings[V1.Topic.BestResponse], words),
            IncidenceFigure.Make(findings.Response, findings.CompleteResponse, words),
            Table("time-to-response", V1.Topic.TimeToResponse),
            SurvivalFigure.Make("duration-of-response", words.Of("Duration of response", "缓解持续时间"), words.Of("In response", "持续缓解"), findings.DurationOfResponse, words),
            SwimmerFigure.Make(findings, words),
        ]);
        yield return new Chapter("survival", words.Of("Survival", "生存"),
        [
            SurvivalFigure.Make("progression-free-survival", words.Of("Progression-free survival", "无进展生存期"), words.Of("Progression-free", "无进展生存"), findings.ProgressionFree, words),
            SurvivalFigure.Make("overall-survival", words.Of("Overall survival", "总生存期"), words.Of("Alive", "存活"), findings.Overall, words),
        ]);
        yield return new Chapter("safety", words.Of("Safety", "安全性"),
        [
            AdverseEventFigures.Make(findings[V1.Topic.AdverseEvents], words),
            AdverseEventFigures.MakeByTerm(findings[V1.Topic.AdverseEventsByTerm], words),
            .. AdverseEventFigures.MakeByClass(findings[V1.Topic.AdverseEventsByClass], words),
            AdverseEventRatesFigure.Make(findings.AdverseEventRates, words),
            CytopeniaFigure.Make(findings[V1.Topic.Cytopenia], words),
            Table("deaths", V1.Topic.Deaths),
            Table("second-cancers", V1.Topic.SecondCancers),
        ]);
        yield return new Chapter("care", words.Of("Hospital stays and use of care", "住院与医疗资源使用"),
        [
            Table("hospital-stays", V1.Topic.Hospitalisation),
            Table("resource-use", V1.Topic.ResourceUse),
        ]);
        yield return new Chapter("life", words.Of("Quality of life", "生活质量"), [QualityOfLifeFigure.Make(findings[V1.Topic.QualityOfLife], words)]);
        yield return new Chapter("data", words.Of("Quality of the data", "数据质量"), [DataQualityFigure.Make(findings[V1.Topic.DataQuality], findings.QualityByProvenance, words)]);

        XElement Table(string id, V1.Topic topic, bool withIntervals = true)
        {
            var table = findings[topic];
            return Part.Of(id, words.Of(table.Title, table.TitleZh), Source.Of(table), words, ResultTable.Of(id, table, words, withIntervals));
        }
    }
}
