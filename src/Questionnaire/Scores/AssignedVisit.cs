using Equecel.Common.V1;
using Equecel.StudyRules;

namespace Equecel.Questionnaire.Scores;

/// <summary>The visit that a questionnaire counts for.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="DaysOutside">Days outside its window: below 0 before, above 0 after it; null while no infusion is known.</param>
internal readonly record struct AssignedVisit(Visit Visit, int? DaysOutside)
{
    private const int FarthestUnstated = 28;

    /// <summary>
    /// Finds it: the stated visit when the date lies in its window, else the nearest window among those at which questionnaires are due.
    /// </summary>
    /// <param name="stated">The visit, as the site stated it.</param>
    /// <param name="day">Days since the infusion; null while it is not known.</param>
    /// <returns>Null when it counts for no visit.</returns>
    public static AssignedVisit? Find(Visit stated, int? day)
    {
        if (stated is Visit.Unscheduled or Visit.Later)
        {
            return null;
        }

        if (day is not { } known)
        {
            return stated == Visit.Baseline ? new AssignedVisit(stated, null) : null;
        }

        var own = VisitSchedule.Find(stated);
        if (own?.DaysOutside(known) == 0)
        {
            return new AssignedVisit(stated, 0);
        }

        var nearest = VisitSchedule.Nearest(known, VisitSchedule.Questionnaires);
        var outside = nearest.DaysOutside(known);
        return own is null && Math.Abs(outside) > FarthestUnstated ? null : new AssignedVisit(nearest.Visit, outside);
    }
}
