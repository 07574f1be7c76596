using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tables;

/// <summary>One participant of an analysis.</summary>
/// <param name="Dossier">What is known of the participant.</param>
/// <param name="Origin">Where the participant's data came from.</param>
/// <param name="Cutoff">What happened later is not used; null for no cut-off.</param>
/// <param name="Exclusion">Why the participant is left out of analyses of the infused; none when not.</param>
/// <param name="Course">The course after the infusion; null when left out of analyses of the infused.</param>
internal sealed record Subject(Dossier Dossier, DataOrigin Origin, DateOnly? Cutoff, Exclusion Exclusion, ClinicalCourse? Course)
{
    /// <summary>Date of the first infusion; asked only of the infused.</summary>
    public DateOnly InfusionDate => Course!.InfusionDate;

    /// <summary>Whether the participant died after the cut-off; asked only of the infused.</summary>
    public bool DiedLater => Course!.DeathDate > Cutoff;

    /// <summary>The records that say how long the participant was observed: infusions and death, else the last contact; asked only of the infused.</summary>
    public IEnumerable<DossierRecord> ObservationRecords => Dossier.Records.Where(record => record.Form is Infusion or Death
        || (Course!.DeathDate is null && RecordFacts.ContactOf(record.Form) is { } seen && seen == Course.LastAliveDate));

    /// <summary>Derives one from a dossier.</summary>
    /// <param name="dossier">What is known of the participant.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    public static Subject Of(Dossier dossier, DateOnly? cutoff)
    {
        var records = DossierFacts.FindRecords(dossier);
        var death = records?.Death is { } known ? DeathDate.Complete(known, records.Contacts.Count == 0 ? null : records.Contacts.Max(), records.InfusionDate) : (DateOnly?)null;
        var exclusion = dossier.Records.All(record => record.Form is DataQuery) ? Exclusion.NoRecord
            : records is null ? Exclusion.NotInfused
            : records.InfusionDate > cutoff ? Exclusion.InfusedAfterCutoff
            : death < records.InfusionDate ? Exclusion.DeathBeforeInfusion
            : Exclusion.None;
        return new Subject(dossier, DossierFacts.OriginOf(dossier), cutoff, exclusion, exclusion == Exclusion.None ? new ClinicalCourse(records!, cutoff) : null);
    }

    /// <summary>Whether something had happened by the cut-off.</summary>
    /// <param name="date">When.</param>
    public bool HadHappened(DateOnly date) => !(date > Cutoff);

    /// <summary>Whether something had begun by the cut-off; so does what has no date.</summary>
    /// <param name="date">When, as far as it is known.</param>
    public bool HadHappened(string date) => !(Dtc.FirstDay(date) > Cutoff);

    /// <summary>Study day of a date, in words: <c>day 29</c>; the infusion is day 1.</summary>
    /// <param name="date">The date.</param>
    public string DayInWords(DateOnly date) => $"day {StudyDay.Of(date, InfusionDate)}";
}
