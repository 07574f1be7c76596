namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>What each level of response asks for.</summary>
/// <remarks>
/// Source: Kumar et al., Lancet Oncology 2016, 17:e328. That plasmacytomas must have shrunk by more than 90 % for a very good
/// partial response is a convention of trial protocols.
/// </remarks>
internal static class ResponseCriteria
{
    /// <summary>The criteria of a level, met or not; null when the level is not defined for what was measurable.</summary>
    /// <param name="level">The level, minimal response or better.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="now">The visit.</param>
    /// <param name="isMarrowWaived">Whether the marrow is taken as good enough for a complete response.</param>
    public static IReadOnlyList<Reason>? Of(ResponseLevel level, Baseline baseline, VisitValues now, bool isMarrowWaived) => level switch
    {
        ResponseLevel.StringentComplete => [.. Complete(baseline, now, isMarrowWaived), .. Stringent(baseline, now, isMarrowWaived)],
        ResponseLevel.Complete => [.. Complete(baseline, now, isMarrowWaived)],
        ResponseLevel.VeryGoodPartial => VeryGoodPartial(baseline, now),
        ResponseLevel.Partial => Partial(baseline, now),
        _ => Minimal(baseline, now),
    };

    private static IEnumerable<Reason> Complete(Baseline baseline, VisitValues now, bool isMarrowWaived)
    {
        yield return Reason.Negative(Marker.SerumIfe, now.SerumIfe);
        yield return Reason.Negative(Marker.UrineIfe, now.UrineIfe);
        yield return Reason.Zero(Marker.SerumM, now.SerumM);
        yield return Reason.Zero(Marker.UrineM, now.UrineM);
        if (!isMarrowWaived)
        {
            yield return Reason.Below(Marker.Marrow, now.MarrowPlasmaCells, 5);
        }

        if (baseline.HasPlasmacytoma || now.PlasmacytomaArea > 0)
        {
            yield return Reason.Zero(Marker.Area, now.PlasmacytomaArea);
        }

        if (baseline.Track == MeasurableTrack.LightChain)
        {
            yield return Reason.NormalRatio(now.LightChains);
        }
    }

    private static IEnumerable<Reason> Stringent(Baseline baseline, VisitValues now, bool isMarrowWaived)
    {
        if (baseline.Track != MeasurableTrack.LightChain)
        {
            yield return Reason.NormalRatio(now.LightChains);
        }

        if (!isMarrowWaived)
        {
            yield return Reason.Negative(Marker.Clonality, now.Clonality);
        }
    }

    private static IReadOnlyList<Reason>? VeryGoodPartial(Baseline baseline, VisitValues now) => baseline.Track switch
    {
        MeasurableTrack.Marrow => null,
        MeasurableTrack.LightChain => [Difference(baseline, now, 90), .. AreaBeyond(baseline, now, 90)],
        _ =>
        [
            // What was not there at baseline must not be there now.
            baseline.SerumM > 0 ? Reason.Fall(Marker.SerumM, baseline.SerumM, now.SerumM, 90) : Reason.Zero(Marker.SerumM, now.SerumM),
            Reason.Below(Marker.UrineM, now.UrineM, 100),
            .. AreaBeyond(baseline, now, 90),
        ],
    };

    private static IReadOnlyList<Reason> Partial(Baseline baseline, VisitValues now) =>
    [
        .. baseline.Track switch
        {
            MeasurableTrack.Serum => [Serum(baseline, now, 50)],
            MeasurableTrack.Urine => [Urine(baseline, now, 90)],
            MeasurableTrack.SerumAndUrine => [Serum(baseline, now, 50), Urine(baseline, now, 90)],
            MeasurableTrack.LightChain => [Difference(baseline, now, 50)],
            _ => (Reason[])[Reason.Fall(Marker.Marrow, baseline.MarrowPlasmaCells, now.MarrowPlasmaCells, 50)],
        },
        .. Area(baseline, now),
    ];

    private static IReadOnlyList<Reason>? Minimal(Baseline baseline, VisitValues now) => baseline.Track switch
    {
        MeasurableTrack.Serum => [Serum(baseline, now, 25), .. Area(baseline, now)],
        MeasurableTrack.Urine => [Urine(baseline, now, 50), .. Area(baseline, now)],
        MeasurableTrack.SerumAndUrine => [Serum(baseline, now, 25), Urine(baseline, now, 50), .. Area(baseline, now)],
        _ => null,
    };

    private static Reason Serum(Baseline baseline, VisitValues now, decimal percent) =>
        Reason.Fall(Marker.SerumM, baseline.SerumM, now.SerumM, percent);

    private static Reason Urine(Baseline baseline, VisitValues now, decimal percent) =>
        Reason.Fall(Marker.UrineM, baseline.UrineM, now.UrineM, percent, orBelow: 200);

    private static Reason Difference(Baseline baseline, VisitValues now, decimal percent)
    {
        var chain = baseline.InvolvedChain!.Value;
        return Reason.Fall(Marker.Difference, baseline.LightChains?.Difference(chain), now.LightChains?.Difference(chain), percent);
    }

    private static IEnumerable<Reason> Area(Baseline baseline, VisitValues now) =>
        baseline.HasPlasmacytoma ? [Reason.Fall(Marker.Area, baseline.PlasmacytomaArea, now.PlasmacytomaArea, 50)] : [];

    private static IEnumerable<Reason> AreaBeyond(Baseline baseline, VisitValues now, decimal percent) =>
        baseline.HasPlasmacytoma ? [Reason.FallByMoreThan(Marker.Area, baseline.PlasmacytomaArea!.Value, now.PlasmacytomaArea, percent)] : [];
}
