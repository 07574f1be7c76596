namespace Equecel.Enrolment.MyelomaHistories;

/// <summary>Glomerular filtration from creatinine.</summary>
/// <remarks>Source: Inker et al., New England Journal of Medicine 2021, 385:1737 (CKD-EPI 2021, without race).</remarks>
internal static class KidneyFunction
{
    private const double UmolPerMg = 88.4;

    /// <summary>Estimates it in mL/min/1.73 m², to one decimal.</summary>
    /// <param name="creatinineUmolPerL">Creatinine in µmol/L, above 0.</param>
    /// <param name="ageYears">Completed years.</param>
    /// <param name="female">Whether a woman.</param>
    public static decimal EstimateGfr(decimal creatinineUmolPerL, int ageYears, bool female) =>
        Math.Round((decimal)Gfr(creatinineUmolPerL, ageYears, female), 1);

    /// <summary>Whether it is below a limit, before rounding.</summary>
    /// <param name="limit">The limit in mL/min/1.73 m².</param>
    /// <param name="creatinineUmolPerL">Creatinine in µmol/L, above 0.</param>
    /// <param name="ageYears">Completed years.</param>
    /// <param name="female">Whether a woman.</param>
    public static bool IsBelow(double limit, decimal creatinineUmolPerL, int ageYears, bool female) => Gfr(creatinineUmolPerL, ageYears, female) < limit;

    private static double Gfr(decimal creatinineUmolPerL, int ageYears, bool female)
    {
        var ratio = (double)creatinineUmolPerL / UmolPerMg / (female ? 0.7 : 0.9);
        return 142
            * Math.Pow(Math.Min(ratio, 1), female ? -0.241 : -0.302)
            * Math.Pow(Math.Max(ratio, 1), -1.2)
            * Math.Pow(0.9938, ageYears)
            * (female ? 1.012 : 1);
    }
}
