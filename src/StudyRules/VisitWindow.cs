using Equecel.Common.V1;

namespace Equecel.StudyRules;

/// <summary>When a visit is to happen, in days since the infusion, which is day 0.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="TargetDay">The day that is aimed at; below 0 before the infusion.</param>
/// <param name="FirstDay">First day of the window.</param>
/// <param name="LastDay">Last day of the window.</param>
public readonly record struct VisitWindow(Visit Visit, int TargetDay, int FirstDay, int LastDay)
{
    /// <summary>Days by which a day lies outside the window: 0 inside, below 0 before it, above 0 after it.</summary>
    /// <param name="day">The day.</param>
    public int DaysOutside(int day) => day < FirstDay ? day - FirstDay : Math.Max(day - LastDay, 0);
}
