using Equecel.Safety.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Adverse events in sum.</summary>
/// <remarks>Rule set RWS-1: analysis plan, adverse events.</remarks>
internal sealed class AdverseEvents : Topic
{
    private static readonly (string Key, string Label, string LabelZh, Func<EmergentEvent, bool> Is)[] Sums =
    [
        ("any", "Any adverse event", "任何不良事件", _ => true),
        ("related", "Related to eque-cel", "与伊基奥仑赛相关", one => one.IsRelated),
        ("grade-3", "Grade 3 or more", "3级及以上", one => one.Grade >= 3),
        ("grade-3-related", "Grade 3 or more, related", "3级及以上且相关", one => one.Grade >= 3 && one.IsRelated),
        ("serious", "Serious", "严重不良事件", one => one.IsSerious),
        ("serious-related", "Serious, related", "严重且相关", one => one.IsSerious && one.IsRelated),
        ("grade-5", "Fatal (grade 5)", "致死（5级）", one => one.Grade == 5),
    ];

    private static readonly (AdverseEvent.Types.SpecialInterest Kind, string Key, string Label, string LabelZh)[] Interests =
    [
        (AdverseEvent.Types.SpecialInterest.Crs, "crs", "Cytokine release syndrome (ASTCT)", "细胞因子释放综合征（ASTCT）"),
        (AdverseEvent.Types.SpecialInterest.Icans, "icans", "Neurotoxicity, ICANS (ASTCT)", "免疫效应细胞相关神经毒性综合征（ASTCT）"),
        (AdverseEvent.Types.SpecialInterest.IecHs, "iec-hs", "Hyperinflammation, IEC-HS", "免疫效应细胞相关噬血综合征"),
        (AdverseEvent.Types.SpecialInterest.ProlongedCytopenia, "cytopenia", "Prolonged cytopenia", "长期血细胞减少"),
        (AdverseEvent.Types.SpecialInterest.SeriousInfection, "infection", "Serious infection", "严重感染"),
        (AdverseEvent.Types.SpecialInterest.HbvReactivation, "hbv", "Hepatitis B reactivation", "乙肝再激活"),
        (AdverseEvent.Types.SpecialInterest.Hypogammaglobulinaemia, "hypogammaglobulinaemia", "Hypogammaglobulinaemia", "低丙种球蛋白血症"),
        (AdverseEvent.Types.SpecialInterest.OtherNeurotoxicity, "neurotoxicity", "Other neurotoxicity", "其他神经毒性"),
        (AdverseEvent.Types.SpecialInterest.Tls, "tls", "Tumour lysis syndrome", "肿瘤溶解综合征"),
        (AdverseEvent.Types.SpecialInterest.InfusionReaction, "infusion-reaction", "Infusion reaction", "输注反应"),
        (AdverseEvent.Types.SpecialInterest.SecondaryMalignancy, "second-cancer", "Second cancer", "继发恶性肿瘤"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.AdverseEvents;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Adverse events", "不良事件");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => AdverseEventMethod.InWords(
        question,
        ("at least one event", "至少发生一次事件"),
        (
            "CRS and ICANS by worst ASTCT grade, each participant once; related: certainly, probably, possibly or not assessable; partial dates by section 12.8, what is not dated to the month apart",
            "CRS和ICANS按最高ASTCT分级，每例仅计一次；相关：肯定、很可能、可能或无法评估；不完整日期按第12.8节补全，发生月份不详者另列"));

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        EventRates.DefineExposure(sheet, question);
        foreach (var (key, label, labelZh, _) in Sums)
        {
            EventRates.Define(sheet, sheet.Row(Rows.Share(key, label, labelZh)).Definition, question);
        }

        sheet.Row(Rows.Share("onset-not-known", "Onset not known to the month, not counted in any other row", "发生月份不详（未计入其他各行）"));
        sheet.Row(Rows.Heading("interest", "Of special interest", "特别关注的不良事件"));
        foreach (var (kind, key, label, labelZh) in Interests)
        {
            EventRates.Define(sheet, sheet.Row(Rows.Share(key, label, labelZh, 1)).Definition, question);
            if (kind is AdverseEvent.Types.SpecialInterest.Crs or AdverseEvent.Types.SpecialInterest.Icans)
            {
                for (var grade = 1; grade <= 5; grade++)
                {
                    sheet.Row(Rows.Share($"{key}/grade-{grade}", $"Worst grade {grade}", $"最高{grade}级", 2));
                }

                sheet.Row(Rows.Summary($"{key}/onset", "Onset after infusion", "回输后发生时间", "days", 2));
                sheet.Row(Rows.Summary($"{key}/duration", "Duration", "持续时间", "days", 2));
                sheet.Row(Rows.Share($"{key}/tocilizumab", "Treated with tocilizumab", "使用托珠单抗", 2));
                sheet.Row(Rows.Share($"{key}/steroid", "Treated with a corticosteroid", "使用糖皮质激素", 2));
            }
        }
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        EventRates.Observe(sheet, subject, question);
        var events = EmergentEvents.Of(subject, question.AdverseEventWindowDays).ToList();
        foreach (var (key, _, _, isThis) in Sums)
        {
            Count(key, events.FindAll(one => isThis(one)));
        }

        foreach (var (form, record) in EmergentEvents.OfUnknownOnset(subject, question.AdverseEventWindowDays).Select(found => (found.Form, found.Record)))
        {
            sheet["onset-not-known"].Count($"{form.Term}, {(form.OnsetDate.Length == 0 ? "onset not known" : $"onset in {form.OnsetDate}")}", [record]);
        }

        foreach (var (kind, key, _, _) in Interests)
        {
            var ofKind = events.Where(one => one.Form.SpecialInterest == kind).OrderBy(one => one.Onset.Date).ToList();
            Count(key, ofKind);
            if (ofKind.Count > 0 && kind is AdverseEvent.Types.SpecialInterest.Crs or AdverseEvent.Types.SpecialInterest.Icans)
            {
                Syndrome(sheet, subject, key, ofKind);
            }
        }

        void Count(string key, List<EmergentEvent> counted)
        {
            counted.ForEach(one => sheet[key].Count(one.InWords(), [one.Record]));
            if (counted.Count > 0)
            {
                EventRates.Count(sheet, sheet[key].Definition, counted, question);
            }
        }
    }

    /// <inheritdoc/>
    public override void Finish(Sheet sheet) => EventRates.Finish(sheet);

    private static void Syndrome(Sheet sheet, Subject subject, string key, List<EmergentEvent> events)
    {
        var worst = events.MaxBy(one => one.Grade ?? 0)!;
        if (worst.Grade is >= 1 and <= 5 and var grade)
        {
            sheet[$"{key}/grade-{grade}"].Count(worst.InWords(), [worst.Record]);
        }

        var first = events[0];
        if (!first.Onset.IsCompleted)
        {
            sheet[$"{key}/onset"].Add(first.Onset.Date.DayNumber - subject.InfusionDate.DayNumber, first.InWords(), [first.Record]);
            if (Cohort.PartialDate.FindDay(first.Form.EndDate) is { } end && subject.HadHappened(end))
            {
                sheet[$"{key}/duration"].Add(end.DayNumber - first.Onset.Date.DayNumber + 1, first.InWords(), [first.Record]);
            }
        }

        foreach (var one in events)
        {
            CountTreated(sheet[$"{key}/tocilizumab"], one, AdverseEvent.Types.TreatmentKind.Tocilizumab, subject);
            CountTreated(sheet[$"{key}/steroid"], one, AdverseEvent.Types.TreatmentKind.Steroid, subject);
        }
    }

    private static void CountTreated(SheetRow row, EmergentEvent one, AdverseEvent.Types.TreatmentKind kind, Subject subject)
    {
        if (one.Form.Treatments.Any(treatment => treatment.Kind == kind && subject.HadHappened(treatment.StartDate)))
        {
            row.Count(one.InWords(), [one.Record]);
        }
    }
}
