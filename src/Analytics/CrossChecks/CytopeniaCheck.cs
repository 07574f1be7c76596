using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.CrossChecks;

/// <summary>A23: neutrophils or platelets of grade 3 or 4 on a day that no adverse event covers.</summary>
/// <remarks>
/// Source: CTCAE version 5.0, neutrophil count decreased and platelet count decreased. Any event that covers the day counts: its term is
/// free text, so that it cannot be told what it is about.
/// </remarks>
internal static class CytopeniaCheck
{
    /// <summary>Finds the assessments; each count is asked about by itself.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<CrossCheck> Run(Dossier dossier)
    {
        foreach (var (form, record) in dossier.All<DiseaseAssessment>())
        {
            if (PartialDate.FindDay(form.HasBloodDate ? form.BloodDate : form.ResponseDate) is not { } day
                || dossier.All<AdverseEvent>().Any(found => Covers(found.Form, day)))
            {
                continue;
            }

            if (form.HasNeutrophilsE9PerL && GradeOf(form.NeutrophilsE9PerL, grade3Below: 1.0m, grade4Below: 0.5m) is { } neutrophils)
            {
                yield return Ask(record, "neutrophils_e9_per_l", neutrophils, "neutrophils", "中性粒细胞");
            }

            if (form.HasPlateletsE9PerL && GradeOf(form.PlateletsE9PerL, grade3Below: 50m, grade4Below: 25m) is { } platelets)
            {
                yield return Ask(record, "platelets_e9_per_l", platelets, "platelets", "血小板");
            }
        }
    }

    // A bound belongs to the milder grade. What is no count has none.
    private static int? GradeOf(double count, decimal grade3Below, decimal grade4Below) =>
        count is not (>= 0 and < 1_000_000) ? null : (decimal)count < grade4Below ? 4 : (decimal)count < grade3Below ? 3 : null;

    // Where a date is not known the event may have covered the day.
    private static bool Covers(AdverseEvent form, DateOnly day) =>
        !(DaySpan.Find(form.OnsetDate)?.Earliest > day) && (form.Ongoing || !(DaySpan.Find(form.EndDate)?.Latest < day));

    private static CrossCheck Ask(DossierRecord record, string field, int grade, string test, string testZh) =>
        new(record, field, "A23", $"Laboratory grade {grade} {test}; is an AE missing?", $"{testZh}达{grade}级，是否漏报AE？");
}
