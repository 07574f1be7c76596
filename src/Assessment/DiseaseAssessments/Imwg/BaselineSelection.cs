namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Takes the baseline from the assessments: for each marker the last value before lymphodepletion, at most 35 days old.</summary>
internal static class BaselineSelection
{
    /// <summary>Takes it.</summary>
    /// <param name="visits">The assessments in their order.</param>
    /// <param name="dates">Dates of the treatment.</param>
    /// <param name="diagnosed">The light chain found at diagnosis; null when it is not known.</param>
    public static Baseline Select(IReadOnlyList<AssessedVisit> visits, CourseDates dates, LightChain? diagnosed)
    {
        return new Baseline
        {
            SerumM = Last(Sample.Serum, visit => visit.Values.SerumM),
            UrineM = Last(Sample.Urine, visit => visit.Values.UrineM),
            LightChains = Last(Sample.LightChains, visit => visit.Values.LightChains),
            MarrowPlasmaCells = Last(Sample.Marrow, visit => visit.Values.MarrowPlasmaCells),
            PlasmacytomaArea = Last(Sample.Imaging, visit => visit.Values.PlasmacytomaArea),
            CirculatingPlasmaCells = Last(Sample.Blood, visit => visit.Values.CirculatingPlasmaCells),
            DiagnosedChain = diagnosed,
        };

        T? Last<T>(Sample sample, Func<AssessedVisit, T?> value)
            where T : struct => visits
            .Where(visit => IsIn(visit.DateOf(sample), dates) && value(visit) is not null)
            .OrderBy(visit => visit.DateOf(sample)).Select(value).LastOrDefault();
    }

    /// <summary>Whether a day belongs to the baseline.</summary>
    /// <param name="day">The day.</param>
    /// <param name="dates">Dates of the treatment.</param>
    public static bool IsIn(DateOnly day, CourseDates dates) => day >= dates.BaselineBegin && day <= dates.BaselineEnd;
}
