namespace Equecel.Analytics.Statistics;

/// <summary>How a score changed from baseline to one scheduled visit.</summary>
/// <param name="Mean">The mean change with its t limits.</param>
/// <param name="Distribution">Median, quartiles and range of the changes.</param>
/// <param name="Better">Share that is better by the threshold or more.</param>
/// <param name="Stable">Share between the thresholds.</param>
/// <param name="Worse">Share that is worse by the threshold or more.</param>
/// <remarks>Source: Osoba et al., Journal of Clinical Oncology 16:139, 1998, for thresholds of the QLQ-C30.</remarks>
internal sealed record ChangeSummary(
    Estimable<MeanEstimate> Mean,
    Estimable<SampleSummary> Distribution,
    Estimable<Proportion> Better,
    Estimable<Proportion> Stable,
    Estimable<Proportion> Worse)
{
    /// <summary>Describes changes.</summary>
    /// <param name="changes">Score at the visit less score at baseline, of everybody who has both.</param>
    /// <param name="threshold">What counts as a change.</param>
    /// <param name="level">The two-sided confidence level of mean and shares, between 0 and 1.</param>
    /// <returns>Nothing in it is estimable without changes.</returns>
    /// <exception cref="ArgumentException">A change is not finite, or the level is none.</exception>
    public static ChangeSummary Of(ReadOnlySpan<double> changes, ChangeThreshold threshold, double level = Level.Default)
    {
        var mean = MeanEstimate.Estimate(changes, level);
        var (better, worse) = (0, 0);
        foreach (var change in changes)
        {
            var verdict = threshold.Judge((decimal)change);
            better += verdict > 0 ? 1 : 0;
            worse += verdict < 0 ? 1 : 0;
        }

        return new ChangeSummary(
            mean,
            SampleSummary.Of(changes),
            Share(better, changes.Length),
            Share(changes.Length - better - worse, changes.Length),
            Share(worse, changes.Length));

        Estimable<Proportion> Share(int count, int total) => Proportion.Estimate(count, total, level: level);
    }
}
