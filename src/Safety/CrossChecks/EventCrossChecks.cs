using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.CrossChecks;

/// <summary>What an adverse event needs of other records.</summary>
internal static class EventCrossChecks
{
    /// <summary>Finds what is missing: the death (S06), the hospital stay (S09).</summary>
    /// <param name="recordId">UUID of the event's record.</param>
    /// <param name="form">The event.</param>
    /// <param name="records">All records of the participant.</param>
    public static IEnumerable<Finding?> Run(string recordId, AdverseEvent form, IReadOnlyList<CurrentRecord> records)
    {
        var isDeath = form.Outcome == EventOutcome.Fatal || form.SeriousnessCriteria.Contains(SeriousnessCriterion.Death);
        yield return isDeath && !records.Any(record => record.Form is Death)
            ? Check.Query("S06", form.Outcome == EventOutcome.Fatal ? "outcome" : "seriousness_criteria", "Record the death.", "请填写死亡记录。")
            : null;
        yield return form.SeriousnessCriteria.Contains(SeriousnessCriterion.Hospitalisation) && !HasStay(recordId, form, records)
            ? Check.Query("S09", "hospital_stay_record_ids", "Link the hospital stay.", "请关联住院记录。")
            : null;
    }

    // Either of the two can hold the link.
    private static bool HasStay(string recordId, AdverseEvent form, IReadOnlyList<CurrentRecord> records) => records.Any(record =>
        record.Form is HospitalStay stay
        && (form.HospitalStayRecordIds.Any(link => Links.IsSame(record.RecordId, link)) || stay.AdverseEventRecordIds.Any(link => Links.IsSame(recordId, link))));
}
