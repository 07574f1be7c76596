namespace Equecel.Analytics.Statistics;

/// <summary>The level of a two-sided confidence interval.</summary>
internal static class Level
{
    /// <summary>The study's level.</summary>
    public const double Default = 0.95;

    /// <summary>Refuses what is no level.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The level.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public static double Check(double level) => level is > 0 and < 1
        ? level
        : throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");
}
