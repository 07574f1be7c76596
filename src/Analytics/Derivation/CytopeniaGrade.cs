namespace Equecel.Analytics.Derivation;

/// <summary>Grades a blood count that is too low.</summary>
/// <remarks>
/// Source: CTCAE version 5.0, 27 November 2017: anemia; neutrophil, lymphocyte and platelet count decreased. A bound belongs to the milder
/// grade. Grade 4 of anaemia is clinical, so that a laboratory gives 3 at most. Whether a value that is milder than grade 2 is of grade 1
/// or normal depends on the laboratory's lower limit of normal, which the assessments do not have.
/// </remarks>
internal static class CytopeniaGrade
{
    /// <summary>The criteria.</summary>
    public const string Criteria = "CTCAE 5.0";

    /// <summary>The grade of what is milder than grade 2: grade 1, or none.</summary>
    public const int Mildest = 1;

    /// <summary>The grade of a value.</summary>
    /// <param name="count">What was counted.</param>
    /// <param name="value">How much, in the unit of the count.</param>
    /// <returns>1 (or none) to 4; null for what is no count, such as a negative number.</returns>
    public static int? Of(BloodCount count, double value) =>
        value is >= 0 and < 1_000_000 ? Mildest + Bounds(count).Count(bound => (decimal)value < bound) : null;

    /// <summary>The highest grade that a value can have.</summary>
    /// <param name="count">What is counted.</param>
    public static int Highest(BloodCount count) => Mildest + Bounds(count).Length;

    // Below which the grade is 2, 3 and 4.
    private static decimal[] Bounds(BloodCount count) => count switch
    {
        BloodCount.Haemoglobin => [100, 80],
        BloodCount.Neutrophils => [1.5m, 1.0m, 0.5m],
        BloodCount.Lymphocytes => [0.8m, 0.5m, 0.2m],
        BloodCount.Platelets => [75, 50, 25],
        _ => throw new ArgumentOutOfRangeException(nameof(count), count, "No such count."),
    };
}
