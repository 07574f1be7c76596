using Equecel.Common.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>A stay in hospital or in intensive care, or another contact with health care.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Place">Where it was.</param>
/// <param name="Category">What it was for.</param>
/// <param name="Reason">Why it was.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended; null while it goes on, and where nobody knows.</param>
/// <param name="Number">Number of the row among the participant's, from 1.</param>
internal sealed record EncounterRow(DatasetSubject Subject, string Place, string? Category, string? Reason, string? Start, string? End, int Number = 0) : IDatasetRow
{
    /// <summary>Why it was, in the site's words; null without any.</summary>
    public string? ReasonText { get; init; }

    /// <summary>Where its data came from.</summary>
    public DataOrigin Origin { get; init; }

    /// <summary>The contacts of a participant that had begun by the cut-off. Numbers do not depend on it.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<EncounterRow> Of(DatasetSubject subject) =>
        Stays(subject).Concat(Contacts(subject))
            .Select((row, i) => row with { Number = i + 1, End = subject.HadHappened(DayText(row.End)) ? row.End : null })
            .Where(row => subject.HadHappened(DayText(row.Start)));

    /// <summary>Whether it goes on at the cut-off.</summary>
    public bool IsOngoing => End is null && !HasUnknownEnd;

    private bool HasUnknownEnd { get; init; }

    /// <summary>The day of a date with or without a time; empty for none.</summary>
    /// <param name="date">The date.</param>
    public static string DayText(string? date) => date is null ? "" : date.Split('T')[0];

    private static IEnumerable<EncounterRow> Stays(DatasetSubject subject)
    {
        foreach (var (stay, record) in subject.Dossier.All<HospitalStay>())
        {
            var inHospital = new EncounterRow(
                subject, "HOSPITAL", Codes.Words(stay.Kind), Codes.Words(stay.Reason),
                Dtc.Text(stay.AdmissionTime) ?? Dtc.Text(stay.AdmissionDate), Dtc.Text(stay.DischargeTime) ?? Dtc.Text(stay.DischargeDate))
            {
                ReasonText = stay.HasReasonText ? stay.ReasonText : null,
                Origin = record.Origin,
                HasUnknownEnd = !Tables.Topics.Stays.HasKnownEnd(stay),
            };
            yield return inHospital;
            foreach (var period in stay.IcuPeriods)
            {
                yield return inHospital with { Place = "INTENSIVE CARE UNIT", Start = Dtc.Text(period.InTime), End = Dtc.Text(period.OutTime) };
            }
        }
    }

    private static IEnumerable<EncounterRow> Contacts(DatasetSubject subject) =>
        from found in subject.Dossier.All<HealthcareEncounter>()
        let date = Dtc.Text(found.Form.Date)
        select new EncounterRow(subject, PlaceOf(found.Form.Kind), null, Codes.Words(found.Form.Reason), date, date)
        {
            ReasonText = found.Form.HasReasonText ? found.Form.ReasonText : null,
            Origin = found.Record.Origin,
        };

    private static string PlaceOf(HealthcareEncounter.Types.Kind kind) => kind switch
    {
        HealthcareEncounter.Types.Kind.Outpatient => "OUTPATIENT CLINIC",
        HealthcareEncounter.Types.Kind.Emergency => "EMERGENCY ROOM",
        HealthcareEncounter.Types.Kind.DayWard => "DAY WARD",
        HealthcareEncounter.Types.Kind.Telemedicine => "TELEMEDICINE",
        _ => "UNKNOWN",
    };
}
