namespace Equecel.Cli.Demo;

/// <summary>One figure beside R's.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Ours">The platform's; null when it is not estimable or not there.</param>
/// <param name="Expected">R's; null when it is not estimable.</param>
/// <param name="Tolerance">Largest difference, as a share of R's figure or absolute, whichever is larger; 0 for a count.</param>
/// <param name="RelativeOnly">Whether the tolerance is a share of R's figure in any case, as for a p value.</param>
internal sealed record ComparedFigure(string Name, double? Ours, double? Expected, double Tolerance, bool RelativeOnly = false)
{
    private static readonly string[] Headlines = ["participants", "deaths", "alive at 6 months", "alive at 12 months", "median", "chi-square", "p"];

    /// <summary>Whether it is one of the figures that a person wants to see; the others only matter when they differ.</summary>
    public bool IsHeadline => Headlines.Contains(Name.Split(": ")[^1]);

    /// <summary>Whether the two are equal within the tolerance. Not estimable must be not estimable.</summary>
    public bool IsEqual => (Ours, Expected) switch
    {
        (null, null) => true,
        ({ } ours, { } expected) => Math.Abs(ours - expected) <= Tolerance * (RelativeOnly ? Math.Abs(expected) : Math.Max(1, Math.Abs(expected))),
        _ => false,
    };
}
