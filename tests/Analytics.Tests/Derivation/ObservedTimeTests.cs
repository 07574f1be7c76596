using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class ObservedTimeTests
{
    [Theory]
    [InlineData("300 alive", null, 169)]
    [InlineData("100 alive", null, 101)]
    [InlineData("100 alive", 50, 51)]
    [InlineData("100 alive, 120 death", null, 121)]
    [InlineData("100 alive, 120 death", 110, 111)]
    [InlineData("-9 alive", null, 1)]
    [InlineData("", null, 1)]
    public void Exposure_ends_with_death_last_contact_day_168_or_cut_off(string records, int? cutoff, int days) =>
        Assert.Equal(new ObservedTime(days, 0), ObservedTime.ToEnd(Courses.Of(records, cutoff), []));

    [Theory]
    [InlineData("30 10 50", 11, 1)]
    [InlineData("0", 1, 1)]
    [InlineData("100", 101, 1)]
    [InlineData("101", 101, 0)]
    [InlineData("-1 40", 41, 1)]
    [InlineData("", 101, 0)]
    public void Time_to_the_first_event_ends_with_it(string events, int days, int count) =>
        Assert.Equal(new ObservedTime(days, count), ObservedTime.ToFirst(Courses.Of("100 alive"), Dates(events)));

    [Theory]
    [InlineData("30 10 10 50", 4)]
    [InlineData("-1 0 100 101", 2)]
    [InlineData("", 0)]
    public void All_events_under_observation_count(string events, int count) =>
        Assert.Equal(new ObservedTime(101, count), ObservedTime.ToEnd(Courses.Of("100 alive"), Dates(events)));

    [Fact]
    public void Rate_is_of_all_time_together()
    {
        var together = new ObservedTime(101, 2) + new ObservedTime(51, 1);

        Assert.Equal(PoissonRate.Estimate(3, 152), together.Rate());
        Assert.Equal(NotEstimable.NoExposure, default(ObservedTime).Rate().Reason);
    }

    private static IEnumerable<DateOnly> Dates(string days) =>
        days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => Courses.Infusion.AddDays(int.Parse(day)));
}
