using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Safety.V1;
using Stay = Equecel.Analytics.Derivation.HospitalStay;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Reads a participant's hospital stays.</summary>
internal static class Stays
{
    /// <summary>Those that had begun by the cut-off, in order of time; one that ended after it, or nobody knows when, has no discharge.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<(HospitalStay Form, DossierRecord Record, Stay Stay)> Of(Subject subject) =>
        from found in subject.Dossier.All<HospitalStay>()
        let admission = PartialDate.FindDay(found.Form.AdmissionDate)
        where admission is not null && subject.HadHappened(admission.Value)
        orderby admission
        select (found.Form, found.Record, new Stay(admission.Value, subject.HadHappened(found.Form.DischargeDate) ? PartialDate.FindDay(found.Form.DischargeDate) : null));

    /// <summary>Whether it is known of a stay when it ended, or that it goes on. Without that it has no days.</summary>
    /// <param name="form">The stay.</param>
    public static bool HasKnownEnd(HospitalStay form) => form.Ongoing || PartialDate.FindDay(form.DischargeDate) is not null;

    /// <summary>Those that reach the infusion or begin after it. Of those that began before it and ended nobody knows when, the one with the infusion does.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<(HospitalStay Form, DossierRecord Record, Stay Stay)> FromInfusionOn(Subject subject) => Of(subject).Where(one =>
        !(one.Stay.Discharge < subject.InfusionDate)
        && (HasKnownEnd(one.Form) || one.Stay.Admission >= subject.InfusionDate || one.Form.Kind == HospitalStay.Types.Kind.Index));

    /// <summary>The day to which a stay that goes on counts: the earlier of cut-off and death, else the last on which the participant was seen.</summary>
    /// <param name="subject">The participant.</param>
    public static DateOnly Until(Subject subject) => new[] { subject.Cutoff, subject.Course!.DeathDate }.Min()
        ?? new[] { subject.Course!.LastAliveDate ?? subject.InfusionDate, Of(subject).Select(one => one.Stay.Discharge ?? one.Stay.Admission).DefaultIfEmpty().Max() }.Max();
}
