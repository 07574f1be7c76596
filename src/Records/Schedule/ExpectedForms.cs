using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.StudyRules;

namespace Equecel.Records.Schedule;

/// <summary>Which forms are expected of a participant, and how each stands on a day.</summary>
public static class ExpectedForms
{
    /// <summary>The forms of one kind, one for each visit, in the order of the visits.</summary>
    /// <param name="form">The kind.</param>
    /// <param name="facts">What is known of the participant. While no infusion is known only the visits before it are expected, without dates.</param>
    /// <param name="recorded">What counts of the participant's records of the kind.</param>
    /// <param name="today">The day.</param>
    /// <returns>Without visits whose window opens after the day on which collection ended, unless they are recorded.</returns>
    public static IEnumerable<DueForm> Of(
        ScheduledForm form, ParticipantFacts facts, IReadOnlyCollection<(string RecordId, RecordedVisit Visit)> recorded, DateOnly today)
    {
        var participant = new ScheduledParticipant(facts.HasInfusionDate ? CivilDate.Find(facts.InfusionDate) : null, facts.Origin, form.EndDate(facts));
        return ExpectedVisit.Of(form.Visits, participant, recorded, today)
            .Select(expected => ToV1(expected, participant.InfusionDate, today, form.Kind, facts));
    }

    private static DueForm ToV1(ExpectedVisit expected, DateOnly? infusion, DateOnly today, string kind, ParticipantFacts facts)
    {
        var (window, state) = (expected.Window, expected.State);
        var due = new DueForm
        {
            Participant = facts.Participant,
            Site = facts.Site,
            Kind = kind,
            Visit = window.Visit,
            State = state,
            TargetDay = window.TargetDay,
            RecordId = expected.RecordId,
        };
        if (infusion is { } start)
        {
            due.TargetDate = CivilDate.ToWire(start.AddDays(window.TargetDay));
            due.WindowOpenDate = CivilDate.ToWire(start.AddDays(window.FirstDay));
            due.WindowCloseDate = CivilDate.ToWire(start.AddDays(window.LastDay));
            due.DaysLate = state is DueState.Overdue or DueState.Missed ? Math.Max(today.DayNumber - start.DayNumber - window.LastDay, 0) : 0;
        }

        if (expected.Recorded.Date is { } date)
        {
            due.RecordDate = CivilDate.ToWire(date);
        }

        return due;
    }
}
