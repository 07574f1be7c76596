using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>From the collection of cells to the infusion, and therapy after it.</summary>
internal sealed class Treatments : Topic
{
    private static readonly (SubsequentTherapy.Types.Reason Reason, string Key, string Label, string LabelZh)[] Reasons =
    [
        (SubsequentTherapy.Types.Reason.Pd, "progression", "Progression", "疾病进展"),
        (SubsequentTherapy.Types.Reason.Mrd, "mrd", "Minimal residual disease", "微小残留病"),
        (SubsequentTherapy.Types.Reason.Maintenance, "maintenance", "Maintenance", "维持治疗"),
        (SubsequentTherapy.Types.Reason.Consolidation, "consolidation", "Consolidation", "巩固治疗"),
        (SubsequentTherapy.Types.Reason.Other, "other", "Other", "其他"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.Treatment;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Treatment", "治疗过程");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Counts and distributions of all infused; quartiles averaged at jumps (type 2); product and lymphodepletion: of the first infusion; new therapy: the first after infusion",
        "全部回输受试者的例数与分布；四分位数在跳跃处取平均（第2型）；产品和清淋：首次回输者；新治疗：回输后的首个");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Summary("diagnosis-to-infusion", "Diagnosis to infusion", "诊断至回输", "months"));
        sheet.Row(Rows.Summary("enrolment-to-collection", "Enrolment to leukapheresis", "入组至单采", "days"));
        sheet.Row(Rows.Summary("vein-to-vein", "Leukapheresis to infusion", "单采至回输", "days"));
        sheet.Row(Rows.Summary("collection-to-lymphodepletion", "Leukapheresis to lymphodepletion", "单采至清淋", "days"));
        sheet.Row(Rows.Summary("lymphodepletion-to-infusion", "Lymphodepletion to infusion", "清淋至回输", "days"));
        sheet.Row(Rows.Summary("infusion-to-discharge", "Infusion to discharge", "回输至出院", "days"));
        sheet.Row(Rows.Summary("washout", "Last therapy to leukapheresis", "末次治疗至单采", "days"));
        sheet.Row(Rows.Share("bridging", "Bridging therapy", "桥接治疗"));
        sheet.Row(Rows.Share("lymphodepletion", "Lymphodepletion recorded", "清淋记录"));
        sheet.Row(Rows.Summary("dose", "Dose", "回输剂量", "10⁶ CAR⁺ T cells/kg"));
        Rows.Define(sheet, Rows.Heading("setting", "Setting of the infusion", "回输场所"), [("inpatient", "Inpatient", "住院"), ("outpatient", "Outpatient", "门诊")]);
        sheet.Row(Rows.Share("out-of-specification", "Product out of specification", "产品不合规格"));
        sheet.Row(Rows.Share("second-infusion", "Second infusion", "再次回输"));
        sheet.Row(Rows.Share("new-therapy", "New therapy after infusion", "回输后新治疗"));
        sheet.Row(Rows.Summary("new-therapy/time", "Infusion to new therapy", "回输至新治疗", "days", 1));
        foreach (var (_, key, label, labelZh) in Reasons)
        {
            sheet.Row(Rows.Share($"new-therapy/{key}", label, labelZh, 1));
        }
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var dossier = subject.Dossier;
        var journey = DossierFacts.JourneyOf(dossier, subject.Cutoff);
        var steps = dossier.Records.Where(record => record.Form is MyelomaHistory or Participation or Leukapheresis or Lymphodepletion or Infusion).ToList();
        AddKnown("diagnosis-to-infusion", journey.DiagnosisToInfusionMonths, "months");
        AddKnown("enrolment-to-collection", journey.EnrolmentToCollectionDays, "days");
        AddKnown("vein-to-vein", journey.VeinToVeinDays, "days");
        AddKnown("collection-to-lymphodepletion", journey.CollectionToLymphodepletionDays, "days");
        AddKnown("lymphodepletion-to-infusion", journey.LymphodepletionToInfusionDays, "days");
        AddIf(
            journey.InfusionToDischargeDays is not null, "infusion-to-discharge", journey.InfusionToDischargeDays ?? 0, "days",
            [.. dossier.Records.Where(record => record.Form is Infusion or Safety.V1.HospitalStay { Kind: Safety.V1.HospitalStay.Types.Kind.Index })]);
        foreach (var (profile, record) in dossier.All<BaselineProfile>().Take(1).Select(found => (found.Form, found.Record)))
        {
            AddIf(profile.HasWashoutDays, "washout", profile.WashoutDays, "days", [record]);
            AddIf(profile.HasDoseMillionCellsPerKg, "dose", profile.DoseMillionCellsPerKg, "million cells/kg", [record]);
            CountIf(profile.BridgingGiven == YesNoUnknown.Yes, "bridging", "bridging", [.. dossier.All<Bridging>().Select(found => found.Record), record]);
        }

        var depletions = dossier.All<Lymphodepletion>().Where(found => !found.Form.SecondInfusion).Select(found => found.Record).ToList();
        CountIf(depletions.Count > 0, "lymphodepletion", $"{depletions.Count} records", depletions);
        foreach (var infusion in dossier.All<Infusion>())
        {
            CountIf(infusion.Form is { SecondInfusion: false, Setting: Infusion.Types.Setting.Inpatient }, "setting/inpatient", "inpatient", [infusion.Record]);
            CountIf(infusion.Form is { SecondInfusion: false, Setting: Infusion.Types.Setting.Outpatient }, "setting/outpatient", "outpatient", [infusion.Record]);
            CountIf(infusion.Form.SecondInfusion && !(Dtc.DayOf(infusion.Form.StartTime) > subject.Cutoff), "second-infusion", "second infusion", [infusion.Record]);
        }

        if (DossierFacts.ProductOf(dossier) is { } product)
        {
            CountIf(
                product.Form.ManufacturingOutcome == Leukapheresis.Types.ManufacturingOutcome.OutOfSpecification, "out-of-specification", "out of specification", [product.Record]);
        }

        var therapy = dossier.All<SubsequentTherapy>()
            .Where(found => PartialDate.FindDay(found.Form.StartDate) is { } start && start > subject.InfusionDate && subject.HadHappened(start))
            .OrderBy(found => found.Form.StartDate, StringComparer.Ordinal).Take(1).ToList();
        foreach (var (form, record) in therapy.Select(found => (found.Form, found.Record)))
        {
            var start = PartialDate.FindDay(form.StartDate)!.Value;
            CountIf(true, "new-therapy", subject.DayInWords(start), [record]);
            AddIf(true, "new-therapy/time", start.DayNumber - subject.InfusionDate.DayNumber, "days", [record]);
            CountIf(form.Reason != SubsequentTherapy.Types.Reason.Unspecified, $"new-therapy/{Array.Find(Reasons, one => one.Reason == form.Reason).Key}", subject.DayInWords(start), [record]);
        }

        void AddKnown(string key, double? value, string unit) => AddIf(value is not null, key, value ?? 0, unit, steps);

        void AddIf(bool isKnown, string key, double value, string unit, IReadOnlyList<DossierRecord> sources)
        {
            if (isKnown)
            {
                sheet[key].Add(value, FormattableString.Invariant($"{value:0.##} {unit}"), sources);
            }
        }

        void CountIf(bool isSo, string key, string words, IReadOnlyList<DossierRecord> sources)
        {
            if (isSo)
            {
                sheet[key].Count(words, sources);
            }
        }
    }
}
