namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Finds progression: rises from the lowest values before, and new lesions. Each rule finds a reason, or null.</summary>
/// <remarks>Source: Kumar et al., Lancet Oncology 2016, 17:e328; the rise of 10 g/L: Rajkumar et al., Blood 2011, 117:4691.</remarks>
internal static class Progression
{
    /// <summary>Finds every sign.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="nadirs">The lowest values before this visit.</param>
    /// <param name="now">What was measured at this visit itself.</param>
    public static IEnumerable<(ProgressionBasis Basis, Reason Reason)> Find(Baseline baseline, Nadirs nadirs, VisitValues now)
    {
        // Without M-protein to follow, the light chains, the marrow and the blood tell as well.
        var followsLightChains = baseline.Track is MeasurableTrack.LightChain or MeasurableTrack.Marrow or MeasurableTrack.None;
        var followsMarrow = baseline.Track is MeasurableTrack.Marrow or MeasurableTrack.None;
        (ProgressionBasis Basis, Reason? Reason)[] signs =
        [
            (ProgressionBasis.Laboratory, SerumRise(nadirs.SerumM, now.SerumM)),
            (ProgressionBasis.Laboratory, UrineRise(nadirs.UrineM, now.UrineM)),
            (ProgressionBasis.Laboratory, followsLightChains ? LightChainRise(nadirs.LightChainDifference, Difference(baseline, now)) : null),
            (ProgressionBasis.Marrow, followsMarrow ? MarrowRise(nadirs.MarrowPlasmaCells, now.MarrowPlasmaCells) : null),
            (ProgressionBasis.Laboratory, baseline.Track == MeasurableTrack.None ? CellRise(nadirs.CirculatingPlasmaCells, now.CirculatingPlasmaCells) : null),
            (ProgressionBasis.Imaging, now.HasNewLesion ? new Reason(Marker.NewLesion, true, false, "new lesion", "新发病灶") : null),
            (ProgressionBasis.Imaging, AreaRise(nadirs.PlasmacytomaArea, now)),
            .. now.Growths.Select(growth => (ProgressionBasis.Imaging, LesionRise(growth))),
            (ProgressionBasis.Death, now.IsDeathFromProgression ? new Reason(Marker.Death, true, false, "death from progression", "因疾病进展死亡") : null),
        ];
        return signs.Where(sign => sign.Reason is not null).Select(sign => (sign.Basis, sign.Reason!));
    }

    private static Reason? SerumRise(decimal? lowest, decimal? now) =>
        lowest is { } from && now is { } to
        && ((Change.HasRisen(from, to, 25) && to - from >= 5) || (from >= 50 && to - from >= 10))
            ? Reason.Rise(Marker.SerumM, from, to)
            : null;

    private static Reason? UrineRise(decimal? lowest, decimal? now) =>
        lowest is { } from && now is { } to && Change.HasRisen(from, to, 25) && to - from >= 200
            ? Reason.Rise(Marker.UrineM, from, to)
            : null;

    private static Reason? LightChainRise(decimal? lowest, decimal? now) =>
        lowest is { } from && now is { } to && Change.HasRisen(from, to, 25) && to - from > 100
            ? Reason.Rise(Marker.Difference, from, to)
            : null;

    private static Reason? MarrowRise(decimal? lowest, decimal? now) =>
        lowest is { } from && now is { } to && Change.HasRisen(from, to, 25) && to - from >= 10
            ? Reason.Rise(Marker.Marrow, from, to)
            : null;

    private static Reason? CellRise(decimal? lowest, decimal? now) =>
        lowest is { } from && now is { } to && Change.HasRisen(from, to, 50) && to >= 200
            ? Reason.Rise(Marker.CirculatingCells, from, to)
            : null;

    private static Reason? AreaRise(decimal? lowest, VisitValues now) =>
        now.LesionCount > 1 && lowest is { } from && now.PlasmacytomaArea is { } to && Change.HasRisen(from, to, 50)
            ? Reason.Rise(Marker.Area, from, to)
            : null;

    private static Reason? LesionRise(LesionGrowth growth) =>
        growth.ShortThen > 10 && Change.HasRisen(growth.LowestLong, growth.Long, 50)
            ? Reason.Rise(Marker.Lesion, growth.LowestLong, growth.Long, $" {growth.LesionId}")
            : null;

    private static decimal? Difference(Baseline baseline, VisitValues now) =>
        baseline.InvolvedChain is { } chain ? now.LightChains?.Difference(chain) : null;
}
