using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class AdverseEventOnsetTests
{
    private static readonly DateOnly Infusion = new(2024, 1, 15);

    [Theory]
    [InlineData("2024-01-14", "BeforeInfusion", -1)]
    [InlineData("2024-01-15", "Emergent", 1)]
    [InlineData("2024-07-01", "Emergent", 169)]
    [InlineData("2024-07-02", "AfterWindow", 170)]
    [InlineData("2024-12-31", "AfterWindow", 352)]
    [InlineData("2025-01-01", "AfterCutoff", 353)]
    [InlineData("2024-01", "Emergent", null)]
    [InlineData("2023-12", "BeforeInfusion", null)]
    [InlineData("2024-07", "Emergent", null)]
    [InlineData("2024-08", "AfterWindow", null)]
    [InlineData("2024", "Unknown", null)]
    [InlineData("", "Unknown", null)]
    public void Onset_from_infusion_to_day_168_counts(string onset, string expected, int? studyDay)
    {
        var began = new AdverseEventOnset(PartialDate.Find(onset));

        Assert.Equal(expected, began.Emergence(Infusion, cutoff: new(2024, 12, 31)).ToString());
        Assert.Equal(studyDay, began.StudyDayFrom(Infusion));
    }

    [Theory]
    [InlineData("2024-01-15", null, "BeforeInfusion")]
    [InlineData("2024-01", null, "Emergent")]
    [InlineData("2024-01-16", null, "Emergent")]
    [InlineData("2024-01-15", "2024-01-15", "Emergent")]
    public void Time_of_day_tells_whether_an_onset_on_the_infusion_day_was_before_it(string onset, string? worsened, string expected) =>
        Assert.Equal(expected, Emergence(new(PartialDate.Find(onset), IsBeforeInfusion: true, PartialDate.Find(worsened ?? ""))));

    [Theory]
    [InlineData("2023-12-01", "2024-02-01", "Emergent")]
    [InlineData("2023-12-01", "2024-08-01", "AfterWindow")]
    [InlineData("2023-12-01", "2024-01", "Emergent")]
    [InlineData("2024-02-01", "2024-08-01", "Emergent")]
    public void Earlier_event_that_became_worse_counts_from_then(string onset, string worsened, string expected) =>
        Assert.Equal(expected, Emergence(new(PartialDate.Find(onset), Worsened: PartialDate.Find(worsened))));

    [Fact]
    public void Window_can_be_chosen() =>
        Assert.Equal(
            TreatmentEmergence.Emergent,
            new AdverseEventOnset(PartialDate.Find("2024-07-15")).Emergence(Infusion, cutoff: null, windowDays: 168 + 14));

    [Fact]
    public void Completed_date_says_so()
    {
        Assert.Equal(new OnsetDate(Infusion, IsCompleted: true), new AdverseEventOnset(PartialDate.Find("2024-01")).DateFrom(Infusion));
        Assert.Equal(new OnsetDate(new(2024, 1, 1), IsCompleted: true), new AdverseEventOnset(PartialDate.Find("2024-01"), Ended: Infusion.AddDays(-1)).DateFrom(Infusion));
        Assert.Equal(new OnsetDate(Infusion, IsCompleted: true), new AdverseEventOnset(PartialDate.Find("2024-01"), Ended: Infusion).DateFrom(Infusion));
        Assert.Equal(new OnsetDate(new(2024, 3, 1), IsCompleted: true), new AdverseEventOnset(PartialDate.Find("2024-03")).DateFrom(Infusion));
        Assert.Equal(new OnsetDate(new(2024, 3, 2), IsCompleted: false), new AdverseEventOnset(PartialDate.Find("2024-03-02")).DateFrom(Infusion));
    }

    private static string Emergence(AdverseEventOnset onset) => onset.Emergence(Infusion, cutoff: null).ToString();
}
