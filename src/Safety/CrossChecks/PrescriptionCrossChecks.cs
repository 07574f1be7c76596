using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.CrossChecks;

/// <summary>How a prescription goes together with other records.</summary>
internal static class PrescriptionCrossChecks
{
    /// <summary>Days without a drug after which it counts as new.</summary>
    private const int DaysWithout = 28;

    /// <summary>Finds a drug that is not new (S28) and tocilizumab without an event (S19).</summary>
    /// <param name="recordId">UUID of the prescription's record.</param>
    /// <param name="form">The prescription.</param>
    /// <param name="records">All records of the participant.</param>
    /// <param name="facts">What is known of the participant.</param>
    public static IEnumerable<Finding?> Run(string recordId, Prescription form, IReadOnlyList<CurrentRecord> records, ParticipantFacts facts)
    {
        var infusion = CivilDate.Find(facts.InfusionDate);
        yield return form.NewlyStarted == YesNoUnknown.Yes && infusion is { } day
            && records.Any(record => record.RecordId != recordId && record.Form is Prescription known && IsSameDrug(known, form) && WasTaken(known, form, day))
            ? Check.Query("S28", "drug", "Drug was already taken before infusion; is it new?", "该药回输前已使用，是否为新增？")
            : null;
        yield return IsTocilizumab(form) && !records.Any(record => record.Form is AdverseEvent known && IsCellToxicity(known))
            && form.AdverseEventRecordId.Length == 0
            ? Check.Query("S19", "drug", "Treatment recorded without an event.", "有治疗记录但无对应事件。")
            : null;
    }

    /// <summary>Whether a drug was taken in the 28 days before the infusion, and not given up for 28 days since.</summary>
    private static bool WasTaken(Prescription known, Prescription form, DateOnly infusion) =>
        CivilDate.FindPartial(known.StartDate)?.Earliest < infusion
        && (known.Ongoing || (CivilDate.FindPartial(known.EndDate)?.Latest is { } end && end >= infusion.AddDays(-DaysWithout)
            && CivilDate.FindPartial(form.StartDate)?.Earliest is { } start && start < end.AddDays(DaysWithout)));

    private static bool IsSameDrug(Prescription one, Prescription other) =>
        string.Equals(one.Drug.Trim(), other.Drug.Trim(), StringComparison.OrdinalIgnoreCase)
        || (one.AtcCode.Length == 7 && one.AtcCode == other.AtcCode);

    private static bool IsTocilizumab(Prescription form) =>
        form.AtcCode == "L04AC07" || form.Drug.Contains("tocilizumab", StringComparison.OrdinalIgnoreCase) || form.Drug.Contains("托珠单抗", StringComparison.Ordinal);

    private static bool IsCellToxicity(AdverseEvent form) =>
        form.SpecialInterest is SpecialInterest.Crs or SpecialInterest.Icans or SpecialInterest.IecHs
        || form.Treatments.Any(treatment => treatment.Kind == TreatmentKind.Tocilizumab);
}
