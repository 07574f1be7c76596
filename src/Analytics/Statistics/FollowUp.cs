namespace Equecel.Analytics.Statistics;

/// <summary>How long a group was followed: the reverse Kaplan-Meier estimate, in which an event ends the view as censoring does.</summary>
/// <param name="FirstQuartile">By when a quarter's follow-up had ended.</param>
/// <param name="Median">By when half of it had ended.</param>
/// <param name="ThirdQuartile">By when three quarters of it had ended.</param>
/// <param name="Range">Shortest and longest time in the data, of events and censorings; null without subjects.</param>
/// <remarks>Source: Schemper and Smith, Controlled Clinical Trials 17:343, 1996.</remarks>
internal sealed record FollowUp(
    SurvivalQuantile FirstQuartile,
    SurvivalQuantile Median,
    SurvivalQuantile ThirdQuartile,
    (double Shortest, double Longest)? Range)
{
    /// <summary>Estimates it.</summary>
    /// <param name="table">The group as its survival is estimated; overall survival shows follow-up best.</param>
    /// <param name="interval">Type and level of the limits; log-log at 95 % when left out.</param>
    public static FollowUp Estimate(EventTable table, ConfidenceInterval? interval = null)
    {
        var curve = KaplanMeier.Estimate(table.Reversed(), interval);
        return new FollowUp(
            curve.Quantile(0.25),
            curve.Quantile(0.5),
            curve.Quantile(0.75),
            table.Rows.Count == 0 ? null : (table.Rows[0].Time, table.Rows[^1].Time));
    }
}
