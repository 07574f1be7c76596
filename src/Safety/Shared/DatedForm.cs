using Equecel.Records.Forms;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Safety.Shared;

/// <summary>The day on which something that a form tells must have happened, for comparison with the death.</summary>
internal static class DatedForm
{
    /// <summary>The latest day on which the participant must have been alive; null when the form names none.</summary>
    /// <param name="form">The form. Of a partial date the earliest day counts; of a second cancer none does, since autopsy may find it.</param>
    public static DateOnly? LatestDayOf(IMessage form) => form switch
    {
        AdverseEvent one => Latest(one.OnsetDate, one.EndDate),
        HospitalStay one => Latest(one.AdmissionDate, one.DischargeDate),
        ToxicityDay one => Latest(one.Date),
        HealthcareEncounter one => Latest(one.Date),
        Prescription one => Latest(one.StartDate, one.EndDate),
        Transfusion one => Latest(one.Date),
        ImmunoglobulinInfusion one => Latest(one.Date),
        _ => null,
    };

    private static DateOnly? Latest(params string[] dates) => dates.Select(date => CivilDate.FindPartial(date)?.Earliest).Max();
}
