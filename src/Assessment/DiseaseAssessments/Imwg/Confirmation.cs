namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>What is confirmed up to a visit. A response needs two assessments in a row before new therapy, and so does progression by the laboratory.</summary>
/// <param name="Confirmed">The confirmed response; not evaluable before any decision. It falls for a progression only.</param>
/// <param name="Previous">The response at the last visit that could be judged; null before the first.</param>
/// <param name="PreviousSerology">The same as if the marrow had been good enough, which needs no repeat.</param>
internal sealed record Confirmation(ResponseLevel Confirmed, ResponseLevel? Previous, ResponseLevel? PreviousSerology)
{
    /// <summary>Before the first visit.</summary>
    public static Confirmation Start { get; } = new(ResponseLevel.NotEvaluable, null, null);

    /// <summary>What is confirmed once a visit is over.</summary>
    /// <param name="visit">The response at the visit.</param>
    /// <param name="isAfterNewTherapy">Whether new therapy had begun before its samples: no response is confirmed then.</param>
    /// <param name="isSameDay">Whether its samples are of the same day as the previous visit's, and so cannot confirm it.</param>
    public Confirmation After(VisitResponse visit, bool isAfterNewTherapy, bool isSameDay) => visit.Level == ResponseLevel.NotEvaluable
        ? this
        : new Confirmation(Confirm(visit, isAfterNewTherapy, isSameDay), visit.Level, visit.Serology);

    private ResponseLevel Confirm(VisitResponse visit, bool isAfterNewTherapy, bool isSameDay)
    {
        if (Confirmed == ResponseLevel.Progression)
        {
            return Confirmed;
        }

        if (visit.Level == ResponseLevel.Progression)
        {
            var isConfirmed = visit.Basis != ProgressionBasis.Laboratory || (Previous == ResponseLevel.Progression && !isSameDay);
            return isConfirmed ? ResponseLevel.Progression : Confirmed;
        }

        if (isAfterNewTherapy)
        {
            return Confirmed;
        }

        var pair = PreviousSerology is { } previous && !isSameDay ? Lower(visit.Level, previous) : ResponseLevel.StableDisease;
        var candidate = pair >= ResponseLevel.Minimal ? pair : ResponseLevel.StableDisease;
        return candidate > Confirmed ? candidate : Confirmed;
    }

    private static ResponseLevel Lower(ResponseLevel a, ResponseLevel b) => a < b ? a : b;
}
