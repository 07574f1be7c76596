using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Finds the adverse events that count.</summary>
/// <remarks>Rule set RWS-1: analysis plan, adverse events.</remarks>
internal static class EmergentEvents
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Those of a participant, from the infusion to the last day of the window.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="windowDays">Last day after the infusion that counts.</param>
    public static IEnumerable<EmergentEvent> Of(Subject subject, int windowDays)
    {
        foreach (var (form, record) in subject.Dossier.All<AdverseEvent>().Select(found => (found.Form, found.Record)))
        {
            var onset = OnsetOf(form, subject);
            if (onset.Emergence(subject.InfusionDate, subject.Cutoff, windowDays) == TreatmentEmergence.Emergent && onset.DateFrom(subject.InfusionDate) is { } date)
            {
                yield return new EmergentEvent(ByCutoff(form, subject), record, date);
            }
        }
    }

    /// <summary>Those of a participant that may have begun in the window, but of whose onset not even the month is known: to be asked, not guessed.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="windowDays">Last day after the infusion that counts.</param>
    public static IEnumerable<DossierForm<AdverseEvent>> OfUnknownOnset(Subject subject, int windowDays) => subject.Dossier.All<AdverseEvent>().Where(found =>
        PartialDate.Find(found.Form.OnsetDate) is null && subject.HadHappened(found.Form.OnsetDate)
        && !(Dtc.FirstDay(found.Form.OnsetDate) > subject.InfusionDate.AddDays(windowDays)) && !(Dtc.FirstDay(found.Form.OnsetDate)?.Year < subject.InfusionDate.Year));

    /// <summary>When an event of a participant began, or became worse.</summary>
    /// <param name="form">The event.</param>
    /// <param name="subject">The participant, infused.</param>
    public static AdverseEventOnset OnsetOf(AdverseEvent form, Subject subject)
    {
        var infusionTime = subject.Dossier.All<Enrolment.V1.Infusion>().Select(found => found.Form.StartTime).Where(time => time is not null)
            .Select(time => time.ToDateTimeOffset()).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var isEarlierThatDay = form.OnsetTime is { } time && time.ToDateTimeOffset() < infusionTime
            && DateOnly.FromDateTime(time.ToDateTime() + China) == subject.InfusionDate;
        return new AdverseEventOnset(PartialDate.Find(form.OnsetDate), isEarlierThatDay, Worsened(form, subject), PartialDate.FindDay(form.EndDate));
    }

    // An event from before that is graded worse now became so after the infusion; when is not asked, so the infusion's day stands for it.
    private static PartialDate? Worsened(AdverseEvent form, Subject subject) =>
        form.HasGradeBeforeInfusion && ByCutoff(form, subject).Grade > form.GradeBeforeInfusion ? new PartialDate(subject.InfusionDate, IsMonth: false) : null;

    private static AdverseEventByCutoff ByCutoff(AdverseEvent form, Subject subject) => new(form, subject, subject.DiedLater);
}
