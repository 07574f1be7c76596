using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.HospitalStay.Types;

namespace Equecel.Safety.CrossChecks;

/// <summary>How a hospital stay goes together with other records.</summary>
internal static class StayCrossChecks
{
    /// <summary>Finds a missing event (S10), an overlap (S13) and intensive care without an event (S19).</summary>
    /// <param name="recordId">UUID of the stay's record.</param>
    /// <param name="form">The stay.</param>
    /// <param name="records">All records of the participant.</param>
    public static IEnumerable<Finding?> Run(string recordId, HospitalStay form, IReadOnlyList<CurrentRecord> records)
    {
        var hasEvent = records.Any(record => record.Form is AdverseEvent known
            && (form.AdverseEventRecordIds.Any(link => Links.IsSame(record.RecordId, link)) || known.HospitalStayRecordIds.Any(link => Links.IsSame(recordId, link))));
        yield return form.Reason is Reason.AdverseEvent or Reason.Infection && !hasEvent
            ? Check.Query("S10", "adverse_event_record_ids", "Link the adverse event that caused admission.", "请关联导致住院的不良事件。")
            : null;
        yield return form.IcuPeriods.Count > 0 && !hasEvent && !records.Any(record => record.Form is AdverseEvent known && Meets(known, form))
            ? Check.Query("S19", "icu_periods", "Treatment recorded without an event.", "有治疗记录但无对应事件。")
            : null;
        yield return records.Any(record => record.RecordId != recordId && record.Form is HospitalStay earlier && IsBefore(earlier, record.RecordId, form, recordId)
            && Overlaps(earlier, form))
            ? Check.Query("S13", "admission_date", "Hospital stays overlap.", "住院时间重叠。")
            : null;
    }

    /// <summary>Whether the earlier stay goes on for more than a day after the later one began; after a transfer it may.</summary>
    private static bool Overlaps(HospitalStay earlier, HospitalStay later) => earlier.Outcome != Outcome.Transferred
        && CivilDate.Find(later.AdmissionDate) is { } admission
        && (CivilDate.Find(earlier.DischargeDate) is { } discharge ? EndOf(later, discharge).DayNumber - admission.DayNumber > 1 : earlier.Ongoing);

    private static DateOnly EndOf(HospitalStay later, DateOnly discharge) =>
        CivilDate.Find(later.DischargeDate) is { } end && end < discharge ? end : discharge;

    // The later of two is asked about; of two that began on one day the one that was sent later.
    private static bool IsBefore(HospitalStay earlier, string earlierId, HospitalStay later, string laterId) =>
        (string.CompareOrdinal(earlier.AdmissionDate, later.AdmissionDate), string.CompareOrdinal(earlierId, laterId)) is ( < 0, _) or (0, < 0);

    private static bool Meets(AdverseEvent known, HospitalStay form) =>
        CivilDate.FindPartial(known.OnsetDate)?.Earliest is { } onset && CivilDate.Find(form.AdmissionDate) is { } admission
        && (CivilDate.Find(form.DischargeDate) is not { } discharge || onset <= discharge)
        && (CivilDate.FindPartial(known.EndDate) is not ({ }, { } latest) || latest >= admission);
}
