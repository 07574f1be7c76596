using System.Globalization;
using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class DeathDateTests
{
    [Theory]
    [InlineData("2024-05-03", "2024-05-20", "2024-01-15", "2024-05-03")] // known days are kept, right or wrong
    [InlineData("2024-05", "_", "2024-01-15", "2024-05-15")]
    [InlineData("2024-05", "2024-05-14", "2024-01-15", "2024-05-15")]
    [InlineData("2024-05", "2024-05-15", "2024-01-15", "2024-05-16")]
    [InlineData("2024-05", "2024-05-30", "2024-01-15", "2024-05-31")]
    [InlineData("2024-05", "2024-05-31", "2024-01-15", "2024-05-31")] // not beyond the month's end
    [InlineData("2024-05", "2024-06-20", "2024-01-15", "2024-05-31")]
    [InlineData("2024-02", "2024-02-28", "2024-01-15", "2024-02-29")]
    [InlineData("2024-01", "_", "2024-01-20", "2024-01-20")] // not before the infusion
    [InlineData("2024-01", "_", "2024-02-20", "2024-01-31")] // unless the whole month is
    [InlineData("2024-05", "_", "_", "2024-05-15")]
    public void A_missing_day_is_completed(string death, string lastAlive, string infusion, string expected) =>
        Assert.Equal(Date(expected), DeathDate.Complete(PartialDate.Find(death)!.Value, Date(lastAlive), Date(infusion)));

    private static DateOnly? Date(string text) => text == "_" ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
