using Equecel.Common.V1;

namespace Equecel.StudyRules;

/// <summary>The visits up to 24 weeks after the infusion, and what is done at which.</summary>
/// <remarks>
/// A convention of the study, to be confirmed with the protocol. Screening and the visit after bridging have no day that counts from
/// the infusion. The baseline lies at most 35 days before it, best 14 to 6 days.
/// </remarks>
public static class VisitSchedule
{
    private const int DaysOfBaseline = 35;

    /// <summary>The visits that have a window, in their order.</summary>
    public static IReadOnlyList<VisitWindow> Windows { get; } =
    [
        new(Visit.Baseline, -10, -DaysOfBaseline, -1),
        Around(Visit.Week1, 7, 1),
        Around(Visit.Week2, 14, 2),
        Around(Visit.Week3, 21, 2),
        Around(Visit.Week4, 28, 3),
        Around(Visit.Week8, 56, 7),
        Around(Visit.Week12, 84, 7),
        Around(Visit.Week16, 112, 7),
        Around(Visit.Week20, 140, 7),
        Around(Visit.Week24, 168, 14),
    ];

    /// <summary>Visits at which the laboratory tests of the response are required; at weeks 1 and 3 they are optional.</summary>
    public static IReadOnlyList<Visit> ResponseTests { get; } =
        [Visit.Baseline, Visit.Week2, Visit.Week4, Visit.Week8, Visit.Week12, Visit.Week16, Visit.Week20, Visit.Week24];

    /// <summary>Visits at which the questionnaires are filled in.</summary>
    public static IReadOnlyList<Visit> Questionnaires { get; } = [Visit.Baseline, Visit.Week4, Visit.Week8, Visit.Week12, Visit.Week24];

    /// <summary>The window of a visit; null for a visit without one.</summary>
    /// <param name="visit">The visit.</param>
    public static VisitWindow? Find(Visit visit) => Windows.Where(window => window.Visit == visit).Select(window => (VisitWindow?)window).FirstOrDefault();

    /// <summary>The window that is nearest to a day among those of some visits; of two that are as near, the earlier.</summary>
    /// <param name="day">The day, counted from the infusion.</param>
    /// <param name="visits">The visits, of which one at least has a window.</param>
    public static VisitWindow Nearest(int day, IReadOnlyList<Visit> visits) =>
        Windows.Where(window => visits.Contains(window.Visit)).MinBy(window => Math.Abs(window.DaysOutside(day)));

    private static VisitWindow Around(Visit visit, int day, int eitherSide) => new(visit, day, day - eitherSide, day + eitherSide);
}
