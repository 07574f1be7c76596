using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Safety.V1;
using Cause = Equecel.Safety.V1.Death.Types.Cause;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Deaths: when, of what, whether related.</summary>
/// <remarks>Clinical domain reference, section 3.10.</remarks>
internal sealed class Deaths : Topic
{
    private static readonly (Cause Cause, string Key, string Label, string LabelZh)[] Causes =
    [
        (Cause.ProgressiveDisease, "progressive-disease", "Progression of the myeloma", "疾病进展"),
        (Cause.AdverseEvent, "adverse-event", "Adverse event", "不良事件"),
        (Cause.Infection, "infection", "Infection", "感染"),
        (Cause.SecondaryMalignancy, "second-cancer", "Second cancer", "继发恶性肿瘤"),
        (Cause.Cardiovascular, "cardiovascular", "Cardiovascular", "心血管"),
        (Cause.Other, "other", "Other", "其他"),
        (Cause.Unknown, "unknown", "Unknown", "不详"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.Deaths;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Deaths", "死亡");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Deaths from any cause after infusion, of all infused; a missing day of death completed by section 12.8; without prior progression: no progression recorded before",
        "全部回输受试者中回输后的全因死亡；死亡日不详者按第12.8节补全；无疾病进展的死亡：此前无疾病进展记录");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Share("any", "Died", "死亡"));
        sheet.Row(Rows.Share("related", "Related to eque-cel", "与伊基奥仑赛相关", 1));
        sheet.Row(Rows.Share("without-progression", "Without prior progression", "无疾病进展的死亡", 1));
        Rows.Define(sheet, Rows.Heading("when", "When", "时间"), [("day-30", "Up to 30 days after infusion", "回输后30天内"), ("day-100", "31 to 100 days", "31至100天"), ("later", "Later", "100天以后")]);
        Rows.Define(sheet, Rows.Heading("cause", "Primary cause", "主要死因"), Causes.Select(one => (one.Key, one.Label, one.LabelZh)));
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        if (subject.Course!.DeathByCutoff is not { } date)
        {
            return;
        }

        foreach (var found in subject.Dossier.All<Death>().Take(1))
        {
            var after = date.DayNumber - subject.InfusionDate.DayNumber;
            var cause = Array.Find(Causes, one => one.Cause == found.Form.PrimaryCause);
            var words = $"{(cause.Label ?? "unknown").ToLowerInvariant()}, {subject.DayInWords(date)}";

            sheet["any"].Count(words, [found.Record]);
            sheet[after <= 30 ? "when/day-30" : after <= 100 ? "when/day-100" : "when/later"].Count(words, [found.Record]);
            sheet[$"cause/{cause.Key ?? "unknown"}"].Count(words, [found.Record]);
            if (found.Form.Causality is Causality.Related or Causality.Probable or Causality.Possible or Causality.NotAssessable)
            {
                sheet["related"].Count(words, [found.Record]);
            }

            if (!(subject.Course.Progression < date))
            {
                sheet["without-progression"].Count(words, [found.Record, .. subject.Dossier.All<DiseaseAssessment>().Select(assessment => assessment.Record)]);
            }
        }
    }
}
