using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class BestOverallResponseTests
{
    [Theory]
    [InlineData("", "NE", null)]
    [InlineData("28 NE, 56 -", "NE", null)]
    [InlineData("28 PR, 56 CR, 84 VGPR", "CR", 56)]
    [InlineData("28 PR, 56 PD, 84 CR", "PR", 28)]
    [InlineData("28 PD", "PD", 28)]
    [InlineData("168 PR", "PR", 168)]
    [InlineData("169 PR", "NE", null)]
    [InlineData("0 CR, -3 CR, 28 SD", "SD", 28)]
    [InlineData("28 SD, 40 therapy, 56 CR", "SD", 28)]
    [InlineData("28 SD, 40 therapy, 40 PR", "PR", 40)]
    [InlineData("-20 therapy, 28 PR", "PR", 28)]
    [InlineData("0 therapy, 28 PR", "PR", 28)]
    [InlineData("28 PR, 28 CR", "CR", 28)]
    [InlineData("28 PD, 28 CR", "PD", 28)]
    public void As_assessed_it_is_the_highest_up_to_the_first_recorded_progression(string records, string expected, int? day) =>
        Same(expected, day, BestOverallResponse.Derive(Courses.Of(records)));

    [Theory]
    [InlineData("", "NE", null)]
    [InlineData("28 PR", "SD", 28)]
    [InlineData("28 PR, 56 PR", "PR", 28)]
    [InlineData("28 CR, 56 VGPR", "VGPR", 28)]
    [InlineData("28 PR, 56 NE, 84 PR", "PR", 28)]
    [InlineData("28 PR, 56 PD, 84 PR, 112 PR", "PR", 84)]
    [InlineData("28 PR, 56 PD!, 84 PR, 112 PR", "SD", 28)]
    [InlineData("28 PD", "PD", 28)]
    [InlineData("28 PD, 56 PD, 84 CR, 112 CR", "PD", 28)]
    [InlineData("168 CR, 224 CR", "CR", 168)]
    [InlineData("28 PR, 40 therapy, 56 PR", "SD", 28)]
    [InlineData("28 PR, 28 CR, 56 CR", "PR", 28)]
    [InlineData("28 CR, 28 CR", "SD", 28)]
    public void Confirmed_it_takes_two_assessments_in_a_row(string records, string expected, int? day) =>
        Same(expected, day, BestOverallResponse.Derive(Courses.Of(records), ResponseRule.Confirmed));

    [Theory]
    [InlineData("", "NE", null)]
    [InlineData("28 PR, 56 PR", "NE", null)]
    [InlineData("28 PR/SD, 56 CR/PR, 84 CR/CR", "CR", 84)]
    [InlineData("28 -/SD, 56 -/PR", "PR", 56)]
    [InlineData("28 -/PR, 56 -/PD, 84 -/PD", "PR", 28)]
    [InlineData("28 -/PR, 168 -/VGPR, 224 -/CR", "VGPR", 168)]
    [InlineData("28 -/PR, 40 therapy, 56 -/CR", "PR", 28)]
    public void Computed_it_is_what_the_algorithm_confirms(string records, string expected, int? day) =>
        Same(expected, day, BestOverallResponse.Derive(Courses.Of(records), ResponseRule.Computed));

    [Fact]
    public void Window_may_have_a_tolerance_or_no_end()
    {
        var course = Courses.Of("28 PR, 175 CR, 300 sCR");

        Same("PR", 28, BestOverallResponse.Derive(course));
        Same("CR", 175, BestOverallResponse.Derive(course, windowDays: 168 + 14));
        Same("sCR", 300, BestOverallResponse.Derive(course, windowDays: null));
    }

    [Fact]
    public void What_is_after_the_cut_off_does_not_count() =>
        Same("PR", 28, BestOverallResponse.Derive(Courses.Of("28 PR, 56 CR", cutoff: 55)));

    [Theory]
    [InlineData("MR", false, false)]
    [InlineData("PR", true, false)]
    [InlineData("VGPR", true, false)]
    [InlineData("CR", true, true)]
    [InlineData("sCR", true, true)]
    public void Partial_response_is_a_response(string category, bool isResponse, bool isComplete)
    {
        var best = BestOverallResponse.Derive(Courses.Of($"28 {category}"));

        Assert.Equal((isResponse, isComplete), (best.IsResponse, best.IsComplete));
    }

    [Fact]
    public void Unknown_rule_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BestOverallResponse.Derive(Courses.Of("28 PR"), (ResponseRule)9));

    private static void Same(string expected, int? day, BestOverallResponse actual) =>
        Assert.Equal(
            new BestOverallResponse(Courses.Category(expected), day is { } after ? Courses.Infusion.AddDays(after) : null),
            actual);
}
