using Equecel.Analytics.Derivation;
using HospitalStay = Equecel.Safety.V1.HospitalStay;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Stays in hospital that reach beyond the infusion: number, reason, days, intensive care, outcome.</summary>
/// <remarks>Clinical domain reference, section 3.8.</remarks>
internal sealed class Hospitalisation : Topic
{
    private static readonly (HospitalStay.Types.Reason Reason, string Key, string Label, string LabelZh)[] Reasons =
    [
        (HospitalStay.Types.Reason.PlannedCart, "planned", "Planned, for eque-cel", "计划内CAR-T治疗"),
        (HospitalStay.Types.Reason.AdverseEvent, "adverse-event", "Adverse event", "不良事件"),
        (HospitalStay.Types.Reason.Infection, "infection", "Infection", "感染"),
        (HospitalStay.Types.Reason.ProgressiveDisease, "progressive-disease", "Progression", "疾病进展"),
        (HospitalStay.Types.Reason.SupportiveCare, "supportive-care", "Supportive care", "支持治疗"),
        (HospitalStay.Types.Reason.Other, "other", "Other", "其他"),
    ];

    private static readonly (HospitalStay.Types.Outcome Outcome, string Key, string Label, string LabelZh)[] Outcomes =
    [
        (HospitalStay.Types.Outcome.Recovered, "recovered", "Recovered", "痊愈"),
        (HospitalStay.Types.Outcome.Improved, "improved", "Improved", "好转"),
        (HospitalStay.Types.Outcome.Unchanged, "unchanged", "Unchanged", "未变"),
        (HospitalStay.Types.Outcome.Died, "died", "Died", "死亡"),
        (HospitalStay.Types.Outcome.Transferred, "transferred", "Transferred", "转院"),
        (HospitalStay.Types.Outcome.LeftAgainstAdvice, "left", "Left against advice", "自动出院"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.Hospitalisation;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Hospital stays", "住院");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Stays that end on or after the day of infusion; days: discharge less admission, at least 1; stays that overlap or touch are one for days; "
        + "a stay that goes on, or ends after a cut-off, counts to the earlier of cut-off and death, else to the last day known; "
        + "one that ended on a day that is not known has no days, nor has its participant; intensive care: from infusion on",
        "回输当日或之后结束的住院；天数：出院日减入院日，至少1天；重叠或相接的住院合并计算天数；仍在住院或在数据截止日后出院者，计至数据截止日与死亡日中较早者，否则计至末次已知日；出院日期不详者及其受试者不计天数；重症监护自回输日起计");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Share("any", "Any stay", "任何住院"));
        sheet.Row(Rows.Share("readmission", "Stay other than the one of the infusion", "回输住院以外的住院"));
        sheet.Row(new RowDefinition("stays", "Stays", "住院次数", Measure.Count, ""));
        sheet.Row(Rows.Summary("index-days", "Days of the stay with the infusion", "回输住院天数", "days"));
        sheet.Row(Rows.Summary("days-after", "Days in hospital from infusion on, a participant", "回输后每人住院天数", "days"));
        sheet.Row(Rows.Share("icu", "Intensive care", "重症监护"));
        sheet.Row(Rows.Summary("icu-days", "Days in intensive care", "重症监护天数", "days", 1));
        Define(sheet, Rows.Heading("reason", "Stays by reason", "住院原因"), Reasons.Select(one => (one.Key, one.Label, one.LabelZh)));
        Define(sheet, Rows.Heading("outcome", "Stays by outcome", "住院转归"), Outcomes.Select(one => (one.Key, one.Label, one.LabelZh)).Append(("ongoing", "Goes on", "仍在住院")));
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var until = Stays.Until(subject);
        var stays = Stays.FromInfusionOn(subject).ToList();
        foreach (var (form, record, stay) in stays)
        {
            var words = $"{form.Kind}, {subject.DayInWords(stay.Admission)}".ToLowerInvariant();
            sheet["any"].Count(words, [record]);
            sheet["stays"].Count(words, [record]);
            CountIf($"reason/{Array.Find(Reasons, one => one.Reason == form.Reason).Key}");
            CountIf(form.Ongoing || !subject.HadHappened(form.DischargeDate) ? "outcome/ongoing" : $"outcome/{Array.Find(Outcomes, one => one.Outcome == form.Outcome).Key}");
            if (form.Kind != HospitalStay.Types.Kind.Index)
            {
                sheet["readmission"].Count(words, [record]);
            }
            else if (Stays.HasKnownEnd(form))
            {
                sheet["index-days"].Add(HospitalDays.Merge([stay], until).Sum(merged => merged.Days), words, [record]);
            }

            void CountIf(string key)
            {
                if (!key.EndsWith('/'))
                {
                    sheet[key].Count(words, [record]);
                }
            }
        }

        if (stays.TrueForAll(one => Stays.HasKnownEnd(one.Form)))
        {
            var days = HospitalDays.Within(HospitalDays.Merge(stays.Select(one => one.Stay), until), subject.InfusionDate, until);
            sheet["days-after"].Add(days, $"{stays.Count} stays, {days} days", stays.Select(one => one.Record));
        }

        IntensiveCare(sheet, subject, stays.Select(one => (one.Form, one.Record)).ToList(), until);
    }

    private static void IntensiveCare(Sheet sheet, Subject subject, List<(HospitalStay Form, Dossiers.DossierRecord Record)> stays, DateOnly until)
    {
        var china = TimeSpan.FromHours(8);
        var periods = (
            from stay in stays
            from period in stay.Form.IcuPeriods
            where period.InTime is not null
            let first = DateOnly.FromDateTime(period.InTime.ToDateTime() + china)
            let last = period.OutTime is { } left ? DateOnly.FromDateTime(left.ToDateTime() + china) : (DateOnly?)null
            where subject.HadHappened(first) && !(last < subject.InfusionDate)
            select new Derivation.HospitalStay(first, last)).ToList();
        if (periods.Count > 0)
        {
            var records = stays.Where(stay => stay.Form.IcuPeriods.Count > 0).Select(stay => stay.Record).ToList();
            var days = HospitalDays.Within(HospitalDays.Merge(periods, until), subject.InfusionDate, until);
            sheet["icu"].Count($"{days} days in intensive care", records, periods.Count);
            sheet["icu-days"].Add(days, $"{days} days in intensive care", records);
        }
    }

    private static void Define(Sheet sheet, RowDefinition heading, IEnumerable<(string Key, string Label, string LabelZh)> answers)
    {
        sheet.Row(heading);
        foreach (var (key, label, labelZh) in answers)
        {
            sheet.Row(new RowDefinition($"{heading.Key}/{key}", label, labelZh, Measure.Count, "", 1));
        }
    }
}
