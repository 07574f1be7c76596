using MathNet.Numerics.Distributions;

namespace Equecel.Analytics.Statistics;

/// <summary>How limits are put around an estimate.</summary>
/// <remarks>Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 2002.</remarks>
internal sealed record ConfidenceInterval
{
    /// <summary>Chooses type and level.</summary>
    /// <param name="type">The scale of the interval.</param>
    /// <param name="level">The two-sided confidence level, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1, or the type is unknown.</exception>
    public ConfidenceInterval(IntervalType type = IntervalType.LogLog, double level = 0.95)
    {
        if (!Enum.IsDefined(type))
        {
            throw new ArgumentOutOfRangeException(nameof(type), type, "An interval is log-log, log or plain.");
        }

        (Type, Level) = (type, Statistics.Level.Check(level));
        Z = -Normal.InvCDF(0, 1, (1 - level) / 2);
    }

    /// <summary>The scale of the interval.</summary>
    public IntervalType Type { get; }

    /// <summary>The two-sided confidence level.</summary>
    public double Level { get; }

    /// <summary>The standard normal quantile of the level: 1.959963984540054 at 95 %.</summary>
    public double Z { get; }

    /// <summary>The limits of a survival probability.</summary>
    /// <param name="survival">The probability S.</param>
    /// <param name="logVariance">Greenwood's variance of log S.</param>
    /// <returns>Null where R has none: at S = 0, and on the log-log scale at S = 1.</returns>
    internal (double? Lower, double? Upper) Around(double survival, double logVariance)
    {
        if (survival == 0)
        {
            return (null, null);
        }

        var reach = Z * Math.Sqrt(logVariance);
        if (Type == IntervalType.Plain)
        {
            return (Math.Max(0, survival - (survival * reach)), Math.Min(1, survival + (survival * reach)));
        }

        if (Type == IntervalType.Log)
        {
            return (survival * Math.Exp(-reach), Math.Min(1, survival * Math.Exp(reach)));
        }

        if (survival == 1)
        {
            return (null, null);
        }

        var log = Math.Log(survival);
        var spread = Math.Exp(reach / -log);
        return (Math.Exp(log * spread), Math.Exp(log / spread));
    }
}
