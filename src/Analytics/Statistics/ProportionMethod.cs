namespace Equecel.Analytics.Statistics;

/// <summary>How limits are put around a share.</summary>
internal enum ProportionMethod
{
    /// <summary>Exact, the study's default. Source: Clopper and Pearson, Biometrika 26:404, 1934. R: <c>binom.test</c>.</summary>
    ClopperPearson,

    /// <summary>The score interval without continuity correction. Source: Wilson, 1927. R: <c>prop.test(correct = FALSE)</c>.</summary>
    Wilson,
}
