namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Relapse after a confirmed complete response, for disease-free survival alone.</summary>
internal static class CompleteResponseRelapse
{
    /// <summary>Whether there is any sign of it; null when no complete response was confirmed before.</summary>
    /// <param name="confirmedBefore">What was confirmed before the visit.</param>
    /// <param name="level">The response at the visit.</param>
    /// <param name="now">The visit.</param>
    public static bool? Find(ResponseLevel confirmedBefore, ResponseLevel level, VisitValues now) => confirmedBefore < ResponseLevel.Complete
        ? null
        : level == ResponseLevel.Progression
            || now.IsImmunofixationPositive
            || now.SerumM > 0
            || now.UrineM > 0
            || now.MarrowPlasmaCells >= 5
            || now.HasNewLesion
            || now.PlasmacytomaArea > 0
            || now.CorrectedCalcium > 2.75m;
}
