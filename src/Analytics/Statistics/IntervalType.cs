namespace Equecel.Analytics.Statistics;

/// <summary>The scale on which the interval of a survival probability is symmetric.</summary>
internal enum IntervalType
{
    /// <summary>log(-log S): the study's default, and that of SAS. R: <c>conf.type = "log-log"</c>.</summary>
    LogLog,

    /// <summary>log S: the default of R. R: <c>conf.type = "log"</c>.</summary>
    Log,

    /// <summary>S itself, cut at 0 and 1. R: <c>conf.type = "plain"</c>.</summary>
    Plain,
}
