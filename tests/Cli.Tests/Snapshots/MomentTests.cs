using Equecel.Cli.Common;

namespace Equecel.Cli.Tests.Snapshots;

public sealed class MomentTests
{
    [Theory]
    [InlineData("2026-03-01T08:00:00+08:00", "2026-03-01T00:00:00Z", "")]
    [InlineData("2026-03-01T00:00:00", "2026-03-01T00:00:00Z", "")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z", "")]
    [InlineData("interim-1", null, "interim-1")]
    [InlineData("mar-2026", null, "mar-2026")]
    [InlineData("May", null, "May")]
    public void What_begins_with_a_digit_is_an_instant_and_with_a_letter_a_label(string text, string? instant, string label)
    {
        var moment = Moment.Find(text)!;

        Assert.Equal((instant, label), (moment.Time?.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), moment.Snapshot));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13-01")]
    [InlineData("-1")]
    [InlineData("\u4e2d\u671f")]
    public void Anything_else_is_neither(string text) => Assert.Null(Moment.Find(text));
}
