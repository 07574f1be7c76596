using Equecel.Safety.V1;

namespace Equecel.Safety.Toxicities;

/// <summary>Grades cytokine release syndrome.</summary>
/// <remarks>Source: Lee et al., ASTCT consensus grading, Biol Blood Marrow Transplant 2019;25:625-638.</remarks>
public static class CrsGrade
{
    /// <summary>Grades by what is needed for blood pressure and oxygen; the worse of the two counts.</summary>
    /// <param name="fever">38.0 °C or more without another cause; null when not known.</param>
    /// <param name="feverMasked">Whether an antipyretic, tocilizumab or a steroid was given; null when not known.</param>
    /// <param name="hypotension">Low blood pressure.</param>
    /// <param name="oxygen">Lack of oxygen.</param>
    /// <param name="fatal">Whether it led to death.</param>
    /// <returns>0 (no CRS) to 5 (death); null when a finding is not known.</returns>
    public static int? Compute(bool? fever, bool? feverMasked, Hypotension hypotension, Oxygen oxygen, bool fatal = false)
    {
        if (fatal)
        {
            return 5;
        }

        if ((fever ?? feverMasked) is null || hypotension == Hypotension.Unspecified || oxygen == Oxygen.Unspecified)
        {
            return null;
        }

        // Without fever it is no CRS, unless what lowers fever was given.
        return fever != true && feverMasked != true
            ? fever is null || feverMasked is null ? null : 0
            : Math.Max(Of(hypotension), Of(oxygen));
    }

    private static int Of(Hypotension hypotension) => hypotension switch
    {
        Hypotension.NoPressor => 2,
        Hypotension.OnePressor => 3,
        Hypotension.MultiPressor => 4,
        _ => 1,
    };

    private static int Of(Oxygen oxygen) => oxygen switch
    {
        Oxygen.LowFlow => 2,
        Oxygen.HighFlow => 3,
        Oxygen.PositivePressure => 4,
        _ => 1,
    };
}
