using Equecel.Assessment.V1;
using Equecel.Common.V1;

namespace Equecel.Cli.Study;

/// <summary>Blood counts and chemistry of a visit: low after the infusion, then better.</summary>
internal static class BloodValues
{
    private const int DaysOfInflammation = 28;
    private const int DaysToRecover = 60;

    /// <summary>Fills them in.</summary>
    /// <param name="form">The form.</param>
    /// <param name="course">What happens to the participant.</param>
    /// <param name="draw">Random numbers.</param>
    /// <param name="day">The day, counted from the infusion.</param>
    public static void Measure(DiseaseAssessment form, Course course, Draw draw, int day)
    {
        var health = day < 0 ? 0.7 : Math.Clamp((double)day / DaysToRecover, 0.1, 1);
        form.WhiteCellsE9PerL = Math.Round(0.4 + (4.6 * health * draw.Between(0.7, 1.3, 2)), 2);
        form.NeutrophilsE9PerL = Math.Round(form.WhiteCellsE9PerL * 0.6, 2);
        form.LymphocytesE9PerL = Math.Round(form.WhiteCellsE9PerL * 0.25, 2);
        form.PlateletsE9PerL = Math.Round(20 + (150 * health * draw.Between(0.6, 1.2, 2)));
        form.HaemoglobinGPerL = Math.Round(70 + (50 * health * draw.Between(0.7, 1.2, 2)));
        form.TransfusionWithin7Days = health < 0.4 ? YesNoUnknown.Yes : YesNoUnknown.No;
        form.GcsfWithin7Days = health < 0.4 ? YesNoUnknown.Yes : YesNoUnknown.No;
        form.CreatinineUmolPerL = draw.Between(50, 120, 0);
        form.CalciumMmolPerL = draw.Between(2.1, 2.5, 2);
        form.AlbuminGPerL = draw.Between(32, 46, 0);
        form.AltUPerL = draw.Between(8, 50, 0);
        form.AstUPerL = draw.Between(12, 48, 0);
        form.BilirubinUmolPerL = draw.Between(5, 20, 0);
        form.LdhUPerL = draw.Between(130, 270, 0);
        form.Beta2MicroglobulinMgPerL = draw.Between(1.6, 6, 1);
        if (day is >= 0 and <= DaysOfInflammation && course.IsProspective)
        {
            form.CrpMgPerL = draw.Between(1, 90, 1);
            form.FerritinUgPerL = draw.Between(200, 6000, 0);
            form.Il6PgPerMl = draw.Between(5, 900, 0);
        }
    }
}
