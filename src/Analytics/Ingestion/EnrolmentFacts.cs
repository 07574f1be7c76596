using Equecel.Analytics.Cohort;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;

namespace Equecel.Analytics.Ingestion;

/// <summary>What records of Enrolment say about participants.</summary>
internal static class EnrolmentFacts
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>What a record says; null when it is about a site.</summary>
    /// <param name="header">The record's header.</param>
    /// <param name="record">The record.</param>
    public static RecordFact? Of(RecordHeader header, EnrolmentRecord record)
    {
        var isActive = header.State == RecordState.Active;
        if (header.Redaction is not null)
        {
            // What it said was taken away; whose it was and that it counted is still told.
            return header.Kind switch
            {
                "participation" => new RecordFact(RecordKind.Participation, header.Origin, isActive),
                "infusion" => new RecordFact(RecordKind.Infusion, header.Origin, isActive),
                "follow_up" => new RecordFact(RecordKind.FollowUp, header.Origin, isActive),
                _ => null,
            };
        }

        return record.FormCase switch
        {
            EnrolmentRecord.FormOneofCase.Participation => new RecordFact(RecordKind.Participation, header.Origin, isActive),
            EnrolmentRecord.FormOneofCase.Infusion => new RecordFact(RecordKind.Infusion, header.Origin, isActive, InfusionDate(record.Infusion)),
            EnrolmentRecord.FormOneofCase.FollowUp => new RecordFact(RecordKind.FollowUp, header.Origin, isActive, LastAlive(record.FollowUp)),
            _ => null,
        };
    }

    private static PartialDate? InfusionDate(Infusion infusion) => infusion.StartTime is { } start
        ? new PartialDate(DateOnly.FromDateTime(RecordVersion.Instant(start).ToOffset(China).Date), IsMonth: false)
        : null;

    private static PartialDate? LastAlive(FollowUp followUp)
    {
        if (followUp.LastKnownAliveDate.Length == 0)
        {
            return null;
        }

        var date = PartialDate.FindDay(followUp.LastKnownAliveDate);
        ContractViolationException.Unless(date is not null, "last_known_alive_date is not a date");
        return new PartialDate(date.Value, IsMonth: false);
    }
}
