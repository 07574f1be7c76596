namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>What is computed for one assessment after the infusion.</summary>
/// <param name="Visit">The assessment.</param>
/// <param name="Now">What counts at it, with the marrow and imaging of earlier visits.</param>
/// <param name="Baseline">The participant's baseline.</param>
/// <param name="Response">The response at this assessment.</param>
/// <param name="ConfirmedBefore">What was confirmed before it.</param>
/// <param name="Confirmed">What is confirmed with it.</param>
/// <param name="IsRelapse">Whether there is a sign of relapse from complete response; null when none was confirmed before.</param>
internal sealed record CourseStep(
    AssessedVisit Visit, VisitValues Now, Baseline Baseline, VisitResponse Response, ResponseLevel ConfirmedBefore, ResponseLevel Confirmed, bool? IsRelapse)
{
    /// <summary>Whether new therapy against the myeloma had begun before it.</summary>
    public bool IsAfterNewTherapy { get; init; }

    /// <summary>Date of the response: of the last sample that it needs, of the first that shows a progression.</summary>
    public DateOnly Date
    {
        get
        {
            var dates = Response.Deciding.Where(reason => !reason.IsMissing).Select(reason => Visit.DateOf(reason.Marker.Sample)).ToList();
            return dates.Count == 0 || Response.Level == ResponseLevel.NotEvaluable ? Visit.Date
                : Response.Level == ResponseLevel.Progression ? dates.Min()
                : dates.Max();
        }
    }

    /// <summary>How it compares with the investigator's; null when there is none.</summary>
    public Comparison? Comparison => Visit.Investigator is not { } investigator ? null
        : Response.Level == ResponseLevel.NotEvaluable || Baseline.Track == MeasurableTrack.None ? Imwg.Comparison.Uncheckable
        : investigator == Response.Level ? Imwg.Comparison.Same
        : IsResponse(investigator) != IsResponse(Response.Level) || IsProgression(investigator) != IsProgression(Response.Level) ? Imwg.Comparison.Major
        : Imwg.Comparison.Minor;

    private static bool IsResponse(ResponseLevel level) => level >= ResponseLevel.Partial;

    private static bool IsProgression(ResponseLevel level) => level == ResponseLevel.Progression;
}
