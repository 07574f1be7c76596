using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.CrossChecks;

/// <summary>A23: neutrophils or platelets of grade 3 or 4 on a day that no adverse event covers.</summary>
/// <remarks>
/// Source: CTCAE version 5.0, as <see cref="CytopeniaGrade"/> has it. Any event that covers the day counts: its term is free text, so
/// that it cannot be told what it is about.
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

            if (form.HasNeutrophilsE9PerL && CytopeniaGrade.Of(BloodCount.Neutrophils, form.NeutrophilsE9PerL) is >= 3 and var neutrophils)
            {
                yield return Ask(record, "neutrophils_e9_per_l", neutrophils, "neutrophils", "中性粒细胞");
            }

            if (form.HasPlateletsE9PerL && CytopeniaGrade.Of(BloodCount.Platelets, form.PlateletsE9PerL) is >= 3 and var platelets)
            {
                yield return Ask(record, "platelets_e9_per_l", platelets, "platelets", "血小板");
            }
        }
    }

    // Where a date is not known the event may have covered the day.
    private static bool Covers(AdverseEvent form, DateOnly day) =>
        !(DaySpan.Find(form.OnsetDate)?.Earliest > day) && (form.Ongoing || !(DaySpan.Find(form.EndDate)?.Latest < day));

    private static CrossCheck Ask(DossierRecord record, string field, int grade, string test, string testZh) =>
        new(record, field, "A23", $"Laboratory grade {grade} {test}; is an AE missing?", $"{testZh}达{grade}级，是否漏报AE？");
}
