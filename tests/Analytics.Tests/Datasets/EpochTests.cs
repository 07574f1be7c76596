using System.Globalization;
using Equecel.Analytics.Datasets;

namespace Equecel.Analytics.Tests.Datasets;

public sealed class EpochTests
{
    // 168 days after 2025-03-01 is 2025-08-16.
    [Theory]
    [InlineData("2025-02-23", "2025-02-24", "2025-03-01", "SCREENING")]
    [InlineData("2025-02-24", "2025-02-24", "2025-03-01", "TREATMENT")]
    [InlineData("2025-02-28", "", "2025-03-01", "SCREENING")]
    [InlineData("2025-02-28", "2025-03-05", "2025-03-01", "SCREENING")]
    [InlineData("2025-03-01", "", "2025-03-01", "TREATMENT")]
    [InlineData("2025-03-02", "2025-02-24", "2025-03-01", "FOLLOW-UP")]
    [InlineData("2025-08-16", "2025-02-24", "2025-03-01", "FOLLOW-UP")]
    [InlineData("2025-08-17", "2025-02-24", "2025-03-01", "LONG-TERM FOLLOW-UP")]
    [InlineData("2025-09-30", "2025-02-24", "", "TREATMENT")]
    [InlineData("2025-09-30", "", "", "SCREENING")]
    [InlineData("", "2025-02-24", "2025-03-01", null)]
    public void A_day_lies_in_one_epoch(string date, string lymphodepletion, string infusion, string? expected) =>
        Assert.Equal(expected, Epoch.Of(Day(date), Day(lymphodepletion), Day(infusion)));

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
