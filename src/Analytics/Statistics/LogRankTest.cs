namespace Equecel.Analytics.Statistics;

/// <summary>A log-rank comparison of survival between groups.</summary>
/// <param name="Groups">What was observed and expected, in the order of the input.</param>
/// <param name="DegreesOfFreedom">Groups with an expectation, less one; 0 when there is nothing to compare.</param>
/// <param name="ChiSquare">The statistic; null when not estimable.</param>
/// <param name="PValue">Probability of as large a statistic if survival is the same; null when not estimable.</param>
internal sealed record LogRankTest(IReadOnlyList<LogRankGroup> Groups, int DegreesOfFreedom, double? ChiSquare, double? PValue)
{
    /// <summary>Why there is no statistic; null when there is one.</summary>
    public NotEstimable? Reason => ChiSquare is not null
        ? null
        : DegreesOfFreedom == 0 ? NotEstimable.NothingToCompare : NotEstimable.NoVariation;
}

/// <summary>One group of a log-rank test.</summary>
/// <param name="SubjectCount">Subjects in the group.</param>
/// <param name="Observed">Events in the group.</param>
/// <param name="Expected">Events it would have had if survival were the same in all groups.</param>
internal readonly record struct LogRankGroup(int SubjectCount, int Observed, double Expected);
