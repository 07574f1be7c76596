using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class CohortPositionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_data_there_is_no_newest()
    {
        Assert.Equal((0L, null, TimeSpan.Zero), (CohortPosition.None.VersionCount, CohortPosition.None.NewestSaveTime, CohortPosition.None.Freshness));
        Assert.Empty(CohortPosition.None.Services);
    }

    [Fact]
    public void Each_service_is_counted_and_the_newest_of_all_says_how_fresh_the_data_are()
    {
        var position = CohortPosition.None
            .After("safety", Noon, Noon.AddSeconds(3))
            .After("enrolment", Noon.AddSeconds(10), Noon.AddSeconds(11))
            .After("safety", Noon.AddSeconds(5), Noon.AddSeconds(40))
            .After("safety", Noon.AddSeconds(-5), Noon.AddSeconds(41));

        Assert.Equal(["enrolment", "safety"], position.Services.Keys);
        Assert.Equal([new SentVersions(1, Noon.AddSeconds(10)), new SentVersions(3, Noon.AddSeconds(5))], position.Services.Values);
        Assert.Equal((4L, Noon.AddSeconds(10), TimeSpan.FromSeconds(1)), (position.VersionCount, position.NewestSaveTime, position.Freshness));
    }

    [Fact]
    public void A_clock_that_is_ahead_makes_no_negative_age() =>
        Assert.Equal(TimeSpan.Zero, CohortPosition.None.After("safety", Noon.AddSeconds(2), Noon).Freshness);
}
