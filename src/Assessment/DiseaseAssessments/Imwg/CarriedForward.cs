namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Marrow and imaging of earlier visits that still count at a later one.</summary>
internal sealed class CarriedForward
{
    private const int ImagingDays = 84;

    private (decimal? PlasmaCells, TestResult Clonality)? marrow;
    private (DateOnly Date, decimal? Area)? imaging;

    /// <summary>What a visit measured, filled up with what still counts; then takes note of the visit.</summary>
    /// <param name="visit">The visit, after all earlier ones.</param>
    public VisitValues Fill(AssessedVisit visit)
    {
        var now = visit.Values;

        // A marrow counts until there is a newer one, as long as both immunofixations stay negative.
        if (now.MarrowPlasmaCells is not null || now.Clonality != TestResult.NotDone)
        {
            marrow = (now.MarrowPlasmaCells, now.Clonality);
        }
        else if (marrow is { } earlier && now.IsImmunofixationNegative)
        {
            now = now with { MarrowPlasmaCells = earlier.PlasmaCells, Clonality = earlier.Clonality };
        }

        if (now.IsImmunofixationPositive)
        {
            marrow = null;
        }

        if (now.PlasmacytomaArea is not null)
        {
            imaging = (visit.DateOf(Sample.Imaging), now.PlasmacytomaArea);
        }
        else if (imaging is { } seen && visit.Date.DayNumber - seen.Date.DayNumber <= ImagingDays)
        {
            now = now with { PlasmacytomaArea = seen.Area };
        }

        return now;
    }
}
