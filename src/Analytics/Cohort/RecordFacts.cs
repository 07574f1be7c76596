using Equecel.Analytics.Ingestion;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Cohort;

/// <summary>Reads what a record says about its participant, as far as the cohort asks.</summary>
internal static class RecordFacts
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>What a record says.</summary>
    /// <param name="header">The record's header.</param>
    /// <param name="form">What it says; null when that was taken away: whose it was and that it counted is still told.</param>
    /// <returns>Null when it is about a site, or a question about another record.</returns>
    /// <exception cref="ContractViolationException">It is not what the contract promises.</exception>
    public static RecordFact? Of(RecordHeader header, IMessage? form)
    {
        if (header.Participant.Length == 0 || header.Kind == "data_query")
        {
            return null;
        }

        var kind = header.Kind switch
        {
            "participation" => RecordKind.Participation,
            "infusion" => RecordKind.Infusion,
            "death" => RecordKind.Death,
            _ => RecordKind.Contact,
        };
        return new RecordFact(kind, header.Origin, header.State == RecordState.Active, DateOf(form));
    }

    /// <summary>The day on which something proves that the participant was alive; null when it proves nothing.</summary>
    /// <param name="form">The form.</param>
    /// <remarks>Rule set RWS-1: survival methods, section 12.6.</remarks>
    public static DateOnly? ContactOf(IMessage form) => form switch
    {
        FollowUp followUp => Required("last_known_alive_date", followUp.LastKnownAliveDate),
        DiseaseAssessment assessment => PartialDate.FindDay(assessment.ResponseDate),
        AdverseEvent adverseEvent => PartialDate.FindDay(adverseEvent.OnsetDate),
        ToxicityDay day => PartialDate.FindDay(day.Date),
        HospitalStay stay => PartialDate.FindDay(stay.AdmissionDate),
        HealthcareEncounter encounter => PartialDate.FindDay(encounter.Date),
        Prescription prescription => PartialDate.FindDay(prescription.StartDate),
        Transfusion transfusion => PartialDate.FindDay(transfusion.Date),
        ImmunoglobulinInfusion immunoglobulin => PartialDate.FindDay(immunoglobulin.Date),
        SubsequentTherapy therapy => PartialDate.FindDay(therapy.StartDate),
        QuestionnaireScores scores => PartialDate.FindDay(scores.CompletionDate),
        _ => null,
    };

    private static PartialDate? DateOf(IMessage? form) => form switch
    {
        null => null,
        Infusion infusion => infusion.StartTime is { } start
            ? new PartialDate(DateOnly.FromDateTime(RecordVersion.Instant(start).ToOffset(China).Date), IsMonth: false)
            : null,
        Death death => Partial("death_date", death.DeathDate),
        _ => ContactOf(form) is { } day ? new PartialDate(day, IsMonth: false) : null,
    };

    private static PartialDate? Partial(string field, string text)
    {
        var date = PartialDate.Find(text);
        ContractViolationException.Unless(text.Length == 0 || date is not null, $"{field} is not a date");
        return date;
    }

    private static DateOnly? Required(string field, string text)
    {
        var date = PartialDate.FindDay(text);
        ContractViolationException.Unless(text.Length == 0 || date is not null, $"{field} is not a date");
        return date;
    }
}
