namespace Equecel.Analytics.Statistics;

/// <summary>From which change of a score on a participant is better or worse.</summary>
/// <param name="Better">Least improvement that counts, in points, above 0.</param>
/// <param name="Worse">Least deterioration that counts, in points, above 0.</param>
/// <param name="HigherIsBetter">True for functioning and indices; false for symptoms, where a fall is an improvement.</param>
internal readonly record struct ChangeThreshold(decimal Better, decimal Worse, bool HigherIsBetter = true)
{
    // Scores are multiples of 1/3 or so, whose differences miss whole numbers by their rounding.
    private const decimal Tolerance = 1e-9m;

    /// <summary>Judges one change.</summary>
    /// <param name="change">Score at the visit less score at baseline.</param>
    /// <returns>1 when better, -1 when worse, 0 when neither.</returns>
    public int Judge(decimal change)
    {
        var gain = HigherIsBetter ? change : -change;
        if (gain >= Better - Tolerance)
        {
            return 1;
        }

        return gain <= Tolerance - Worse ? -1 : 0;
    }
}
