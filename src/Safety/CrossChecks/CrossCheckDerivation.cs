using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Safety.CrossChecks;

/// <summary>Derives what does not go together among a participant's records. It closes by itself: of two forms that belong together either can come first.</summary>
internal static class CrossCheckDerivation
{
    /// <summary>Name and version of the rules.</summary>
    public const string RuleSet = "SAFETY/1";

    /// <summary>Derives a cross-check for each record that something is asked about.</summary>
    /// <param name="facts">What is known of the participant.</param>
    /// <param name="records">The participant's records.</param>
    public static IEnumerable<DerivedForm> Derive(ParticipantFacts facts, IReadOnlyList<CurrentRecord> records) =>
        from record in records
        let findings = Findings(record, records, facts).OfType<Finding>().ToList()
        where findings.Count > 0
        select new DerivedForm(
            record.RecordId, new CrossCheck { SubjectRecordId = record.RecordId, SubjectKind = KindOf(record.Form), RuleSet = RuleSet }, findings);

    /// <summary>What is asked about one record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="records">All records of the participant.</param>
    /// <param name="facts">What is known of the participant.</param>
    public static IEnumerable<Finding?> Findings(CurrentRecord record, IReadOnlyList<CurrentRecord> records, ParticipantFacts facts) => (record.Form switch
    {
        AdverseEvent form => EventCrossChecks.Run(record.RecordId, form, records),
        HospitalStay form => StayCrossChecks.Run(record.RecordId, form, records),
        Prescription form => PrescriptionCrossChecks.Run(record.RecordId, form, records, facts),
        _ => [],
    }).Concat(LinkCrossChecks.Run(record.Form, records));

    private static string KindOf(IMessage form) =>
        SafetyRecord.Descriptor.Oneofs[0].Fields.Single(field => field.MessageType == form.Descriptor).Name;
}
