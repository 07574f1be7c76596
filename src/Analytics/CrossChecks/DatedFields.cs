using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Google.Protobuf;

namespace Equecel.Analytics.CrossChecks;

/// <summary>The dates in forms that sites send, other than Safety's, on which the participant must have been alive.</summary>
internal static class DatedFields
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Field and earliest day of each date; days that are not there are left out.</summary>
    /// <param name="form">The form.</param>
    public static IEnumerable<(string Field, DateOnly Day)> Of(IMessage form)
    {
        foreach (var (field, text) in Texts(form))
        {
            if (DaySpan.Find(text) is { } span)
            {
                yield return (field, span.Earliest);
            }
        }

        if (form is Infusion { StartTime: { } start })
        {
            yield return ("start_time", DateOnly.FromDateTime(start.ToDateTime() + China));
        }
    }

    private static IEnumerable<(string Field, string Text)> Texts(IMessage form) => form switch
    {
        DiseaseAssessment one =>
        [
            ("response_date", one.ResponseDate), ("serum_date", one.SerumDate), ("urine_date", one.UrineDate), ("light_chain_date", one.LightChainDate),
            ("marrow_date", one.MarrowDate), ("imaging_date", one.ImagingDate), ("blood_date", one.BloodDate),
        ],
        QlqC30 one => [("completion_date", one.CompletionDate)],
        Eq5d5l one => [("completion_date", one.CompletionDate)],
        Eq5d3l one => [("completion_date", one.CompletionDate)],
        // Whoever tells of a death is a contact after it.
        FollowUp { Status: FollowUp.Types.Status.Death } one => [("last_known_alive_date", one.LastKnownAliveDate)],
        FollowUp one => [("last_known_alive_date", one.LastKnownAliveDate), ("last_contact_date", one.LastContactDate)],
        Participation one => [("enrolment_date", one.EnrolmentDate)],
        Eligibility one => [("eligibility_date", one.EligibilityDate)],
        MyelomaHistory one => [("baseline_date", one.BaselineDate), ("diagnosis_date", one.DiagnosisDate)],
        Cytogenetics one => [("sample_date", one.SampleDate)],
        PriorLine one => [("start_date", one.StartDate), ("end_date", one.EndDate)],
        Leukapheresis one => [("collection_date", one.CollectionDate)],
        Bridging one => [("start_date", one.StartDate), ("end_date", one.EndDate)],
        Lymphodepletion one => one.Doses.Select((dose, i) => ($"doses[{i}].dose_date", dose.DoseDate)),
        SubsequentTherapy one => [("start_date", one.StartDate), ("end_date", one.EndDate)],
        _ => [],
    };
}
