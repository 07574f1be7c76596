namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Whether a visit without progression can be judged at all.</summary>
internal static class Evaluability
{
    /// <summary>What is missing of the markers that were measurable at baseline. Tests that only a deeper level needs are not among them.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="now">The visit.</param>
    public static IEnumerable<Reason> Missing(Baseline baseline, VisitValues now)
    {
        var track = baseline.Track;
        if (track == MeasurableTrack.None)
        {
            yield return new Reason(Marker.Nothing, false, false, "no measurable disease at baseline", "基线无可测量病灶");
        }

        if (track is MeasurableTrack.Serum or MeasurableTrack.SerumAndUrine && now.SerumM is null)
        {
            yield return Reason.Missing(Marker.SerumM);
        }

        if (track is MeasurableTrack.Urine or MeasurableTrack.SerumAndUrine && now.UrineM is null)
        {
            yield return Reason.Missing(Marker.UrineM);
        }

        if (track == MeasurableTrack.LightChain && now.LightChains is null)
        {
            yield return Reason.Missing(Marker.Difference);
        }

        if (track == MeasurableTrack.Marrow && now.MarrowPlasmaCells is null)
        {
            yield return Reason.Missing(Marker.Marrow);
        }

        if (baseline.HasPlasmacytoma && now.PlasmacytomaArea is null)
        {
            yield return Reason.Missing(Marker.Area);
        }
    }
}
