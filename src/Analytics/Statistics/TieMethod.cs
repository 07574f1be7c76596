namespace Equecel.Analytics.Statistics;

/// <summary>How a Cox model treats events at the same time.</summary>
internal enum TieMethod
{
    /// <summary>Efron's approximation, close to exact and the default. Source: Efron, Journal of the American Statistical Association 72:557, 1977.</summary>
    Efron,

    /// <summary>Breslow's approximation, the default of SAS.</summary>
    Breslow,
}
