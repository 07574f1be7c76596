namespace Equecel.Enrolment;

/// <summary>Numbers on the wire as decimals: clinical values are compared exactly.</summary>
internal static class WireNumber
{
    private const double Largest = 1e15;

    /// <summary>The number; null when it is not given, is none, or lies beyond everything clinical.</summary>
    /// <param name="given">Whether the field has a value.</param>
    /// <param name="value">The value.</param>
    public static decimal? Find(bool given, double value) =>
        given && double.IsFinite(value) && Math.Abs(value) <= Largest ? (decimal)value : null;
}
