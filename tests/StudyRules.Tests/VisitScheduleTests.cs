using Equecel.Common.V1;

namespace Equecel.StudyRules.Tests;

public sealed class VisitScheduleTests
{
    [Theory]
    [InlineData(Visit.Baseline, -10, -35, -1)]
    [InlineData(Visit.Week1, 7, 6, 8)]
    [InlineData(Visit.Week2, 14, 12, 16)]
    [InlineData(Visit.Week3, 21, 19, 23)]
    [InlineData(Visit.Week4, 28, 25, 31)]
    [InlineData(Visit.Week8, 56, 49, 63)]
    [InlineData(Visit.Week12, 84, 77, 91)]
    [InlineData(Visit.Week16, 112, 105, 119)]
    [InlineData(Visit.Week20, 140, 133, 147)]
    [InlineData(Visit.Week24, 168, 154, 182)]
    public void A_visit_has_a_target_day_and_a_window(Visit visit, int target, int first, int last) =>
        Assert.Equal(new VisitWindow(visit, target, first, last), VisitSchedule.Find(visit));

    [Theory]
    [InlineData(Visit.Unspecified)]
    [InlineData(Visit.Screening)]
    [InlineData(Visit.AfterBridging)]
    [InlineData(Visit.Later)]
    [InlineData(Visit.Unscheduled)]
    public void The_others_have_none(Visit visit) => Assert.Null(VisitSchedule.Find(visit));

    [Theory]
    [InlineData(24, -1)]
    [InlineData(25, 0)]
    [InlineData(31, 0)]
    [InlineData(33, 2)]
    public void Days_outside_are_counted_from_the_edge(int day, int outside) => Assert.Equal(outside, VisitSchedule.Find(Visit.Week4)!.Value.DaysOutside(day));

    [Theory]
    [InlineData(-100, Visit.Baseline)]
    [InlineData(11, Visit.Baseline)]
    [InlineData(13, Visit.Week4)]
    [InlineData(40, Visit.Week4)]
    [InlineData(41, Visit.Week8)]
    [InlineData(122, Visit.Week12)]
    [InlineData(123, Visit.Week24)]
    [InlineData(999, Visit.Week24)]
    public void The_nearest_window_is_that_of_a_visit_that_is_asked_about(int day, Visit expected) =>
        Assert.Equal(expected, VisitSchedule.Nearest(day, VisitSchedule.Questionnaires).Visit);
}
