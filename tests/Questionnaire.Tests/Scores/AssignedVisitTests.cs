using Equecel.Common.V1;
using Equecel.Questionnaire.Scores;

namespace Equecel.Questionnaire.Tests.Scores;

public sealed class AssignedVisitTests
{
    [Theory]
    [InlineData(Visit.Week4, 28, Visit.Week4, 0)]
    [InlineData(Visit.Week4, 34, Visit.Week4, 3)]
    [InlineData(Visit.Week4, 47, Visit.Week8, -2)]
    [InlineData(Visit.Week4, 60, Visit.Week8, 0)]
    [InlineData(Visit.Week16, 112, Visit.Week16, 0)]
    [InlineData(Visit.Week16, 130, Visit.Week24, -24)]
    [InlineData(Visit.Week24, 400, Visit.Week24, 218)]
    [InlineData(Visit.Baseline, -12, Visit.Baseline, 0)]
    [InlineData(Visit.Baseline, -50, Visit.Baseline, -15)]
    [InlineData(Visit.Screening, -60, Visit.Baseline, -25)]
    [InlineData(Visit.Unspecified, 30, Visit.Week4, 0)]
    [InlineData(Visit.Unspecified, 40, Visit.Week4, 9)]
    [InlineData(Visit.Unspecified, 210, Visit.Week24, 28)]
    public void A_questionnaire_counts_for_the_stated_visit_or_for_the_nearest_window(Visit stated, int day, Visit expected, int outside) =>
        Assert.Equal(new AssignedVisit(expected, outside), AssignedVisit.Find(stated, day));

    [Theory]
    [InlineData(Visit.Unscheduled, 28)]
    [InlineData(Visit.Later, 200)]
    [InlineData(Visit.Unspecified, 211)]
    [InlineData(Visit.Screening, -64)]
    [InlineData(Visit.Week4, null)]
    public void Or_for_none(Visit stated, int? day) => Assert.Null(AssignedVisit.Find(stated, day));

    [Fact]
    public void A_baseline_is_one_before_the_infusion_is_known() => Assert.Equal(new AssignedVisit(Visit.Baseline, null), AssignedVisit.Find(Visit.Baseline, null));
}
