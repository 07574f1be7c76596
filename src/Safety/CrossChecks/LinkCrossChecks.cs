using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Safety.CrossChecks;

/// <summary>Finds links whose record was retracted after they were made.</summary>
internal static class LinkCrossChecks
{
    /// <summary>F09: a link to a record that counts no longer.</summary>
    /// <param name="form">The form that links.</param>
    /// <param name="records">All records of the participant.</param>
    public static IEnumerable<Finding?> Run(IMessage form, IReadOnlyList<CurrentRecord> records) => LinksOf(form)
        .Where(link => link.RecordId.Length > 0 && !records.Any(record => Links.IsSame(record.RecordId, link.RecordId)))
        .Select(link => Check.Query("F09", link.Field, "The linked record was retracted. Link another, or take the link away.", "关联的记录已撤销，请重新关联或删除关联。"));

    private static IEnumerable<(string Field, string RecordId)> LinksOf(IMessage form) => form switch
    {
        AdverseEvent one => Each("hospital_stay_record_ids", one.HospitalStayRecordIds),
        HospitalStay one => Each("adverse_event_record_ids", one.AdverseEventRecordIds),
        HealthcareEncounter one => Each("adverse_event_record_ids", one.AdverseEventRecordIds),
        Death one => [("adverse_event_record_id", one.AdverseEventRecordId)],
        Prescription one => [("adverse_event_record_id", one.AdverseEventRecordId)],
        Transfusion one => [("adverse_event_record_id", one.AdverseEventRecordId)],
        ImmunoglobulinInfusion one => [("adverse_event_record_id", one.AdverseEventRecordId)],
        SecondaryMalignancy one => [("adverse_event_record_id", one.AdverseEventRecordId)],
        _ => [],
    };

    private static IEnumerable<(string Field, string RecordId)> Each(string field, IEnumerable<string> links) =>
        links.Index().Select(link => ($"{field}[{link.Index}]", link.Item));
}
