using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

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
        var infusion = facts.HasInfusionDate ? CivilDate.Find(facts.InfusionDate) : null;
        var end = form.EndDate(facts);
        foreach (var window in form.Visits.Select(VisitSchedule.Find).OfType<VisitWindow>().Where(window => infusion is not null || window.LastDay < 0))
        {
            var (recordId, visit) = recorded
                .Where(record => IsOf(record.Visit, window, form, infusion))
                // A form that was filled in counts before one that says that it was not.
                .OrderBy(record => record.Visit.IsDone ? 0 : 1).ThenBy(record => record.Visit.Date).ThenBy(record => record.RecordId, StringComparer.Ordinal)
                .FirstOrDefault((RecordId: "", Visit: default));
            if (recordId.Length == 0 && end < (infusion?.AddDays(window.FirstDay) ?? today))
            {
                continue;
            }

            var state = recordId.Length > 0 ? (visit.IsDone ? DueState.Done : DueState.Missed) : StateOf(window, form, facts, infusion, end, today);
            yield return ToV1(form, facts, window, infusion, state, recordId, visit, today);
        }
    }

    // Where the site stated no visit of the schedule, the date decides.
    private static bool IsOf(RecordedVisit visit, VisitWindow window, ScheduledForm form, DateOnly? infusion) => form.Visits.Contains(visit.Visit)
        ? visit.Visit == window.Visit
        : visit.Visit is Visit.Unspecified or Visit.Unscheduled && visit.Date is { } date && infusion is { } start
            && window.DaysOutside(date.DayNumber - start.DayNumber) == 0;

    private static DueState StateOf(VisitWindow window, ScheduledForm form, ParticipantFacts facts, DateOnly? infusion, DateOnly? end, DateOnly today)
    {
        if (infusion is not { } start)
        {
            return DueState.Due;
        }

        var day = today.DayNumber - start.DayNumber;
        return window.DaysOutside(day) switch
        {
            < 0 => DueState.Upcoming,
            0 => DueState.Due,
            // An archive is no calendar: what is not in it cannot be late.
            _ when facts.Origin == DataOrigin.Retrospective || end < today => DueState.Missed,
            _ => VisitSchedule.Nearest(day, form.Visits).Visit == window.Visit ? DueState.Overdue : DueState.Missed,
        };
    }

    private static DueForm ToV1(
        ScheduledForm form, ParticipantFacts facts, VisitWindow window, DateOnly? infusion, DueState state, string recordId, RecordedVisit visit, DateOnly today)
    {
        var due = new DueForm
        {
            Participant = facts.Participant,
            Site = facts.Site,
            Kind = form.Kind,
            Visit = window.Visit,
            State = state,
            TargetDay = window.TargetDay,
            RecordId = recordId,
        };
        if (infusion is { } start)
        {
            due.TargetDate = CivilDate.ToWire(start.AddDays(window.TargetDay));
            due.WindowOpenDate = CivilDate.ToWire(start.AddDays(window.FirstDay));
            due.WindowCloseDate = CivilDate.ToWire(start.AddDays(window.LastDay));
            due.DaysLate = state is DueState.Overdue or DueState.Missed ? Math.Max(today.DayNumber - start.DayNumber - window.LastDay, 0) : 0;
        }

        if (visit.Date is { } date)
        {
            due.RecordDate = CivilDate.ToWire(date);
        }

        return due;
    }
}
