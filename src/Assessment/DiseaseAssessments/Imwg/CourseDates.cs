namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Dates of the treatment that the responses depend on.</summary>
/// <param name="Infusion">Date of the infusion.</param>
/// <param name="Lymphodepletion">When lymphodepletion began; null when it is not known.</param>
/// <param name="NewTherapy">When the first new therapy against the myeloma began; null when there was none, or it is not known.</param>
internal readonly record struct CourseDates(DateOnly Infusion, DateOnly? Lymphodepletion = null, DateOnly? NewTherapy = null)
{
    /// <summary>Last day of the baseline.</summary>
    public DateOnly BaselineEnd => Lymphodepletion ?? Infusion;

    /// <summary>First day of the baseline.</summary>
    public DateOnly BaselineBegin => BaselineEnd.AddDays(-35);
}
