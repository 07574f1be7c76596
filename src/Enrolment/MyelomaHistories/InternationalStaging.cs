using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Enrolment.MyelomaHistories;

/// <summary>The International Staging System and its revisions.</summary>
/// <remarks>
/// Sources: Palumbo et al., Journal of Clinical Oncology 2015, 33:2863 (ISS, R-ISS);
/// D'Agostino et al., Journal of Clinical Oncology 2022, 40:3406 (R2-ISS).
/// </remarks>
internal static class InternationalStaging
{
    private const decimal LowB2m = 3.5m;
    private const decimal HighB2m = 5.5m;
    private const decimal NormalAlbumin = 35;

    /// <summary>ISS.</summary>
    /// <param name="b2m">Beta-2 microglobulin in mg/L; null when missing.</param>
    /// <param name="albumin">Albumin in g/L; null when missing.</param>
    public static Stage Iss(decimal? b2m, decimal? albumin) => (b2m, albumin) switch
    {
        (null, _) => Stage.Unknown,
        ( >= HighB2m, _) => Stage.Iii,
        ( >= LowB2m, _) => Stage.Ii,
        (_, null) => Stage.Unknown,
        (_, >= NormalAlbumin) => Stage.I,
        _ => Stage.Ii,
    };

    /// <summary>R-ISS.</summary>
    /// <param name="iss">The ISS.</param>
    /// <param name="isHighRisk">Whether del(17p), t(4;14) or t(14;16) was found; null when not known.</param>
    /// <param name="isLdhHigh">Whether lactate dehydrogenase is above its upper limit; null when not known.</param>
    public static Stage Riss(Stage iss, bool? isHighRisk, bool? isLdhHigh) => (iss, isHighRisk | isLdhHigh) switch
    {
        (Stage.Ii, _) => Stage.Ii,
        (Stage.I, true) => Stage.Ii,
        (Stage.I, false) => Stage.I,
        (Stage.Iii, true) => Stage.Iii,
        (Stage.Iii, false) => Stage.Ii,
        _ => Stage.Unknown,
    };

    /// <summary>R2-ISS; unknown with anything missing.</summary>
    /// <param name="iss">The ISS.</param>
    /// <param name="isLdhHigh">Whether lactate dehydrogenase is above its upper limit.</param>
    /// <param name="hasDel17P">Whether del(17p) was found.</param>
    /// <param name="hasT414">Whether t(4;14) was found.</param>
    /// <param name="hasMore1Q">Whether there are more than two copies of 1q21.</param>
    public static Stage R2Iss(Stage iss, bool? isLdhHigh, bool? hasDel17P, bool? hasT414, bool? hasMore1Q)
    {
        if (iss is not (Stage.I or Stage.Ii or Stage.Iii) || (isLdhHigh, hasDel17P, hasT414, hasMore1Q) is not ({ } ldh, { } del17P, { } t414, { } more1Q))
        {
            return Stage.Unknown;
        }

        var points = (iss switch { Stage.Ii => 1m, Stage.Iii => 1.5m, _ => 0m })
            + (ldh ? 1m : 0) + (del17P ? 1m : 0) + (t414 ? 1m : 0) + (more1Q ? 0.5m : 0);
        return points switch
        {
            0m => Stage.I,
            <= 1m => Stage.Ii,
            <= 2.5m => Stage.Iii,
            _ => Stage.Iv,
        };
    }
}
