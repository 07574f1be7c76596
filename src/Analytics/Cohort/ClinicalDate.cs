using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Cohort;

/// <summary>The day on which happened what a form tells.</summary>
internal static class ClinicalDate
{
    /// <summary>Finds it.</summary>
    /// <param name="form">A form that a site sent.</param>
    /// <returns>Null when the form has none, or its day is not known; null for what a service derived.</returns>
    public static DateOnly? Of(IMessage form) => form switch
    {
        Infusion { StartTime: { } start } => DateOnly.FromDateTime(start.ToDateTime().AddHours(8)),
        Participation one => PartialDate.FindDay(one.EnrolmentDate),
        Leukapheresis one => PartialDate.FindDay(one.CollectionDate),
        Bridging one => PartialDate.FindDay(one.StartDate),
        Lymphodepletion one => one.Doses.Select(dose => PartialDate.FindDay(dose.DoseDate)).Max(),
        QlqC30 one => PartialDate.FindDay(one.CompletionDate),
        Eq5d5l one => PartialDate.FindDay(one.CompletionDate),
        Eq5d3l one => PartialDate.FindDay(one.CompletionDate),
        Death one => PartialDate.FindDay(one.DeathDate),
        SecondaryMalignancy one => PartialDate.FindDay(one.DiagnosisDate),
        FollowUp one => PartialDate.FindDay(one.LastKnownAliveDate),
        DiseaseAssessment one => PartialDate.FindDay(one.ResponseDate),
        AdverseEvent one => PartialDate.FindDay(one.OnsetDate),
        ToxicityDay one => PartialDate.FindDay(one.Date),
        HospitalStay one => PartialDate.FindDay(one.AdmissionDate),
        HealthcareEncounter one => PartialDate.FindDay(one.Date),
        Prescription one => PartialDate.FindDay(one.StartDate),
        Transfusion one => PartialDate.FindDay(one.Date),
        ImmunoglobulinInfusion one => PartialDate.FindDay(one.Date),
        SubsequentTherapy one => PartialDate.FindDay(one.StartDate),
        _ => null,
    };
}
