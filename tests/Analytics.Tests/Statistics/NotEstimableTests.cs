using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class NotEstimableTests
{
    [Fact]
    public void Every_reason_has_words_of_its_own()
    {
        var reasons = Enum.GetValues<NotEstimable>();

        Assert.Equal(reasons.Length, reasons.Select(reason => reason.InWords()).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((NotEstimable)99).InWords());
    }

    [Fact]
    public void There_is_a_value_or_a_reason_and_never_both()
    {
        Estimable<double> value = 0.5;
        Estimable<double> none = NotEstimable.NoEvents;

        Assert.Equal((0.5, null), (value.Value, value.Reason));
        Assert.Equal((null, NotEstimable.NoEvents), (none.Value, none.Reason));
        Assert.Equal(NotEstimable.NoSubjects, default(Estimable<double>).Reason);
    }
}
