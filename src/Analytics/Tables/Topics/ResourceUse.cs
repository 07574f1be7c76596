using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.Safety.V1;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Use of care from infusion to infusion + 168 days, by participant and by person-month.</summary>
/// <remarks>Rule set RWS-1: analysis plan, exposure; clinical domain reference, section 3.9.</remarks>
internal sealed class ResourceUse : Topic
{
    private static readonly (string Key, string Label, string LabelZh)[] Uses =
    [
        ("stays", "Hospital stays", "住院"),
        ("stays-without-index", "Hospital stays without the one of the infusion", "住院（不含回输住院）"),
        ("hospital-days", "Days in hospital", "住院天数"),
        ("emergency", "Emergency visits", "急诊"),
        ("outpatient", "Outpatient visits", "门诊"),
        ("day-ward", "Day ward visits", "日间病房"),
        ("telemedicine", "Telemedicine contacts", "远程医疗"),
        ("prescriptions", "New prescriptions", "新处方"),
        ("transfusions", "Transfused units", "输血单位"),
        ("immunoglobulin", "Immunoglobulin infusions", "免疫球蛋白输注"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.ResourceUse;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Use of medical resources", "医疗资源使用");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        $"Events from infusion to the earliest of death, last contact, infusion + {AdverseEventOnset.WindowDays} days and cut-off, inclusive; rates per 100 person-months of 30.4375 days, exact Poisson, "
        + "which supposes independent events and is too narrow for repeated ones; new prescription: as the site states, else started on or after infusion; "
        + "days in hospital: of participants of whose stays it is known when they ended, or that they go on",
        $"自回输至死亡、末次联系、回输后{AdverseEventOnset.WindowDays}天和数据截止日中最早者的事件，含首尾日；率为每100人月（每月30.4375天），精确Poisson区间，"
        + "该区间假定事件相互独立，对重复事件偏窄；新处方：以中心所填为准，否则为回输当日或之后开始者；住院天数：仅计各次住院出院日期均已知或仍在住院的受试者");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        foreach (var (key, label, labelZh) in Uses)
        {
            sheet.Row(Rows.Share(key, label, labelZh));
            sheet.Row(new RowDefinition($"{key}/rate", "Rate", "发生率", Measure.Rate, "per 100 person-months", 1));
            sheet.Row(Rows.Summary($"{key}/per-participant", "A participant", "每人", "", 1));
        }
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var end = ObservationEnd.Of(subject.Course!, AdverseEventOnset.WindowDays);
        var stays = Stays.FromInfusionOn(subject).Where(one => one.Stay.Admission <= end).ToList();

        Count("stays", stays.Count, stays.Select(one => one.Record));
        var others = stays.Where(one => one.Form.Kind != Safety.V1.HospitalStay.Types.Kind.Index).ToList();
        Count("stays-without-index", others.Count, others.Select(one => one.Record));
        if (stays.TrueForAll(one => Stays.HasKnownEnd(one.Form)))
        {
            var inHospital = HospitalDays.Within(HospitalDays.Merge(stays.Select(one => one.Stay), end), subject.InfusionDate, end);
            Count("hospital-days", inHospital, stays.Select(one => one.Record));
        }

        Encounters("emergency", HealthcareEncounter.Types.Kind.Emergency);
        Encounters("outpatient", HealthcareEncounter.Types.Kind.Outpatient);
        Encounters("day-ward", HealthcareEncounter.Types.Kind.DayWard);
        Encounters("telemedicine", HealthcareEncounter.Types.Kind.Telemedicine);

        var prescriptions = subject.Dossier.All<Prescription>().Where(found => IsNew(found.Form) && Within(found.Form.StartDate)).Select(found => found.Record).ToList();
        Count("prescriptions", prescriptions.Count, prescriptions);
        var transfusions = subject.Dossier.All<Transfusion>().Where(found => Within(found.Form.Date)).ToList();
        Count("transfusions", transfusions.Sum(found => found.Form.Units), transfusions.Select(found => found.Record));
        var immunoglobulin = subject.Dossier.All<ImmunoglobulinInfusion>().Where(found => Within(found.Form.Date)).Select(found => found.Record).ToList();
        Count("immunoglobulin", immunoglobulin.Count, immunoglobulin);

        void Encounters(string key, HealthcareEncounter.Types.Kind kind)
        {
            var found = subject.Dossier.All<HealthcareEncounter>().Where(one => one.Form.Kind == kind && Within(one.Form.Date)).Select(one => one.Record).ToList();
            Count(key, found.Count, found);
        }

        // What is dated by its month counts when the month's first day does, but not before the infusion.
        bool Within(string date) => PartialDate.Find(date) is { } day && OnsetDate.Complete(day, subject.InfusionDate).Date is var counted
            && counted >= subject.InfusionDate && counted <= end;

        void Count(string key, int events, IEnumerable<DossierRecord> sources)
        {
            sheet[$"{key}/rate"].Expose(StudyDay.Of(end, subject.InfusionDate), subject.ObservationRecords);
            sheet[$"{key}/per-participant"].Add(events, $"{events}", sources);
            if (events > 0)
            {
                sheet[key].Count($"{events}", sources, events);
                sheet[$"{key}/rate"].Count($"{events}", sources, events);
            }
        }
    }

    private static bool IsNew(Prescription prescription) => prescription.NewlyStarted != YesNoUnknown.No;
}
