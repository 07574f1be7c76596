using Equecel.Cli.Results;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Cli.Tests.Results;

public sealed class TableReportTests
{
    [Fact]
    public void A_share_tells_count_denominator_and_interval() => Assert.Equal(
        "12/20 60 % (36.1 to 80.9)",
        TableReport.Words(Measure.Proportion, new() { ParticipantCount = 12, Estimate = 60, Lower = 36.05, Upper = 80.88 }, 20));

    [Fact]
    public void A_share_of_those_who_were_asked_tells_how_many_they_are() => Assert.Equal(
        "1/2 50 % (1.26 to 98.7)",
        TableReport.Words(Measure.Proportion, new() { ParticipantCount = 1, Denominator = 2, Estimate = 50, Lower = 1.2579, Upper = 98.7421 }, 20));

    [Fact]
    public void A_share_of_things_tells_the_things_and_no_interval() => Assert.Equal(
        "6/25 24 %",
        TableReport.Words(Measure.ShareOfThings, new() { ParticipantCount = 2, EventCount = 6, EventDenominator = 25, Estimate = 24 }, 3));

    [Fact]
    public void What_cannot_be_estimated_says_why() => Assert.Equal(
        "not estimable: no participants",
        TableReport.Words(Measure.Proportion, new() { NotEstimableReason = "no participants" }, 0));

    [Fact]
    public void A_distribution_tells_median_quartiles_and_range() => Assert.Equal(
        "16 (14 to 28), 11–60, n = 9",
        TableReport.Words(
            Measure.Summary,
            new() { Summary = new() { Count = 9, Median = 16, FirstQuartile = 14, ThirdQuartile = 28, Minimum = 11, Maximum = 60 } },
            9));

    [Fact]
    public void Rounding_is_half_away_from_zero() => Assert.Equal(
        "-0.13 (-0.13 to 0.13), n = 2",
        TableReport.Words(Measure.Mean, new() { ParticipantCount = 2, Estimate = -0.125, Lower = -0.125, Upper = 0.125 }, 2));
}
