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
    private const int FatalGrade = 5;

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

    /// <summary>The latest day on which what a form tells proves that the participant was alive; null when nothing in it does.</summary>
    /// <param name="form">The form.</param>
    /// <param name="by">Later days are passed over; null for none.</param>
    /// <remarks>
    /// Rule set RWS-1: survival methods, section 12.6. A date whose day is not known proves nothing, nor does an end that is the
    /// participant's own: of a fatal event, of a stay in which the participant died. Infusions are told by their own kind of fact.
    /// </remarks>
    public static DateOnly? ContactOf(IMessage form, DateOnly? by = null) => form switch
    {
        FollowUp followUp => UpTo(by, Required("last_known_alive_date", followUp.LastKnownAliveDate)),
        DiseaseAssessment one => Latest(by, one.ResponseDate, one.SerumDate, one.UrineDate, one.LightChainDate, one.MarrowDate, one.ImagingDate, one.BloodDate),
        AdverseEvent one => Latest(by, one.OnsetDate, IsFatal(one) ? "" : one.EndDate),
        HospitalStay one => Latest(by, one.AdmissionDate, one.Outcome == HospitalStay.Types.Outcome.Died ? "" : one.DischargeDate),
        SecondaryMalignancy one => Latest(by, [one.DiagnosisDate, .. one.Samples.Select(sample => sample.CollectionDate)]),
        QuestionnaireScores scores => Latest(by, scores.CompletionDate),
        ToxicityDay or HealthcareEncounter or Prescription or Transfusion or ImmunoglobulinInfusion or SubsequentTherapy => UpTo(by, ClinicalDate.Of(form)),
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

    private static bool IsFatal(AdverseEvent adverseEvent) => adverseEvent.Outcome == EventOutcome.Fatal || adverseEvent.Grade == FatalGrade;

    private static DateOnly? Latest(DateOnly? by, params ReadOnlySpan<string> dates)
    {
        DateOnly? latest = null;
        foreach (var text in dates)
        {
            if (text.Length > 0 && UpTo(by, PartialDate.FindDay(text)) is { } day && !(day <= latest))
            {
                latest = day;
            }
        }

        return latest;
    }

    private static DateOnly? UpTo(DateOnly? by, DateOnly? day) => day > by ? null : day;

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
