using Equecel.Common.V1;
using Equecel.Records.V1;

namespace Equecel.StudyRules;

/// <summary>A visit at which a form is expected of a participant, and how the form stands on a day.</summary>
/// <param name="Window">The visit and its window.</param>
/// <param name="State">How the form stands.</param>
/// <param name="RecordId">The record that is the form; empty while there is none.</param>
/// <param name="Recorded">What that record says; nothing while there is none.</param>
public readonly record struct ExpectedVisit(VisitWindow Window, DueState State, string RecordId, RecordedVisit Recorded)
{
    /// <summary>The visits at which a form is expected, in their order.</summary>
    /// <param name="visits">The visits of the form; each has a window.</param>
    /// <param name="participant">The participant. While no infusion is known only the visits before it are expected.</param>
    /// <param name="recorded">What counts of the participant's records of the form.</param>
    /// <param name="today">The day.</param>
    /// <returns>Without visits whose window opens after the day on which collection ended, unless they are recorded.</returns>
    public static IEnumerable<ExpectedVisit> Of(
        IReadOnlyList<Visit> visits, ScheduledParticipant participant, IReadOnlyCollection<(string RecordId, RecordedVisit Visit)> recorded, DateOnly today)
    {
        var (infusion, end) = (participant.InfusionDate, participant.EndDate);
        foreach (var window in visits.Select(VisitSchedule.Find).OfType<VisitWindow>().Where(window => infusion is not null || window.LastDay < 0))
        {
            var (recordId, visit) = recorded
                .Where(record => IsOf(record.Visit, window, visits, infusion))
                // A form that was filled in counts before one that says that it was not.
                .OrderBy(record => record.Visit.IsDone ? 0 : 1).ThenBy(record => record.Visit.Date).ThenBy(record => record.RecordId, StringComparer.Ordinal)
                .FirstOrDefault((RecordId: "", Visit: default));
            if (recordId.Length == 0 && end < (infusion?.AddDays(window.FirstDay) ?? today))
            {
                continue;
            }

            var state = recordId.Length > 0 ? (visit.IsDone ? DueState.Done : DueState.Missed) : StateOf(window, visits, participant, today);
            yield return new ExpectedVisit(window, state, recordId, visit);
        }
    }

    // Where the site stated no visit of the schedule, the date decides.
    private static bool IsOf(RecordedVisit visit, VisitWindow window, IReadOnlyList<Visit> visits, DateOnly? infusion) => visits.Contains(visit.Visit)
        ? visit.Visit == window.Visit
        : visit.Visit is Visit.Unspecified or Visit.Unscheduled && visit.Date is { } date && infusion is { } start
            && window.DaysOutside(date.DayNumber - start.DayNumber) == 0;

    private static DueState StateOf(VisitWindow window, IReadOnlyList<Visit> visits, ScheduledParticipant participant, DateOnly today)
    {
        if (participant.InfusionDate is not { } start)
        {
            return DueState.Due;
        }

        var day = today.DayNumber - start.DayNumber;
        return window.DaysOutside(day) switch
        {
            < 0 => DueState.Upcoming,
            0 => DueState.Due,
            // An archive is no calendar: what is not in it cannot be late.
            _ when participant.Origin == DataOrigin.Retrospective || participant.EndDate < today => DueState.Missed,
            _ => VisitSchedule.Nearest(day, visits).Visit == window.Visit ? DueState.Overdue : DueState.Missed,
        };
    }
}
