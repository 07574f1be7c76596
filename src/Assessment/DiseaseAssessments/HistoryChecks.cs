using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Edit checks of an assessment against the participant's others.</summary>
internal static class HistoryChecks
{
    /// <summary>Stands for the form that is being checked; records have a UUID.</summary>
    private const string ThisOne = "";

    /// <summary>Involved free light chain in mg/L from which on it is measurable (IMWG 2016).</summary>
    private const decimal MeasurableLightChain = 100;

    private static readonly (Sample Sample, string Name, string NameZh, Func<AssessedVisit, bool> IsDone, string Field)[] Tests =
    [
        (Sample.Serum, "serum M-protein", "血清M蛋白", visit => visit.Values.SerumM is not null, "serum_date"),
        (Sample.Urine, "urine M-protein", "尿M蛋白", visit => visit.Values.UrineM is not null, "urine_date"),
        (Sample.LightChains, "free light chains", "游离轻链", visit => visit.Values.LightChains is not null, "light_chain_date"),
        (Sample.Marrow, "marrow plasma cells", "骨髓浆细胞", visit => visit.Values.MarrowPlasmaCells is not null, "marrow_date"),
        (Sample.Imaging, "imaging", "影像", visit => visit.Lesions is not null, "imaging_date"),
    ];

    /// <summary>Finds everything that is unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(DiseaseAssessment form, FormContext context)
    {
        if (context.Facts is null || FormReading.Read(ThisOne, form) is not { } visit || !IsComputable(form))
        {
            return [];
        }

        var others = context.Others.Select(record => record.Form).OfType<DiseaseAssessment>().ToList();
        return Duplicates(visit, [.. others.Select(other => FormReading.Read("other", other)).OfType<AssessedVisit>()])
            .Append(NonSecretory(visit, context.Facts))
            .Concat(TreatmentFacts.Dates(context.Facts) is { } dates ? AgainstCourse(form, visit, context, dates) : []);
    }

    private static IEnumerable<Finding?> AgainstCourse(DiseaseAssessment form, AssessedVisit visit, FormContext context, CourseDates dates)
    {
        var course = ResponseCourse.Compute([visit, .. ResponseDerivation.Visits(context.Others)], dates, TreatmentFacts.Chain(context.Facts!));
        var step = course.FirstOrDefault(step => step.Visit.RecordId == ThisOne);
        if (step is null)
        {
            return [];
        }

        return CourseFindings.Of(step, context.Missing)
            .Append(Unit(form, step.Baseline))
            .Concat(Methods(form, context, dates));
    }

    private static IEnumerable<Finding?> Duplicates(AssessedVisit visit, List<AssessedVisit> others) =>
        from test in Tests
        where test.IsDone(visit) && others.Any(other => test.IsDone(other) && other.DateOf(test.Sample) == visit.DateOf(test.Sample))
        let date = CivilDate.ToWire(visit.DateOf(test.Sample))
        select Check.Query("A22", test.Field, $"Duplicate {test.Name} on {date}.", $"{date}重复的{test.NameZh}。");

    private static Finding? NonSecretory(AssessedVisit visit, ParticipantFacts facts)
    {
        var isMeasurable = visit.Values.LightChains is { } chains
            && ((chains.IsKappaRaised && chains.Kappa >= MeasurableLightChain) || (chains.IsLambdaRaised && chains.Lambda >= MeasurableLightChain));
        return TreatmentFacts.IsNonSecretory(facts) && (visit.Values.SerumM > 0 || isMeasurable)
            ? Check.Query("E08", visit.Values.SerumM > 0 ? "serum_m_protein_g_per_l" : "kappa_mg_per_l",
                "Non-secretory disease but M-protein or FLC is present.", "非分泌型但存在M蛋白或游离轻链异常。")
            : null;
    }

    // Ten times the baseline is far more often a baseline in g/dL than a disease that grew tenfold.
    private static Finding? Unit(DiseaseAssessment form, Baseline baseline) =>
        form.HasSerumMProteinGPerL && form.SerumMProteinGPerL >= 10 && baseline.SerumM > 0
        && FormReading.Number(form.SerumMProteinGPerL) >= 9.5m * baseline.SerumM && FormReading.Number(form.SerumMProteinGPerL) <= 10.5m * baseline.SerumM
            ? Check.Query("A02", "serum_m_protein_g_per_l", "Possible g/dL vs g/L mistake.", "可能存在g/dL与g/L单位错误。")
            : null;

    private static IEnumerable<Finding?> Methods(DiseaseAssessment form, FormContext context, CourseDates dates)
    {
        var baseline = context.Others.Select(record => record.Form).OfType<DiseaseAssessment>()
            .Where(other => BaselineSelection.IsIn(ImagingDate(other), dates))
            .OrderBy(ImagingDate)
            .SelectMany(other => other.Plasmacytomas)
            .GroupBy(lesion => lesion.LesionId).ToDictionary(group => group.Key, group => group.Last().Method);
        return form.Plasmacytomas.Index()
            .Where(lesion => baseline.TryGetValue(lesion.Item.LesionId, out var method) && method != lesion.Item.Method)
            .Select(lesion => Check.Query(
                "A19", $"plasmacytomas[{lesion.Index}].method", "Imaging method differs from baseline.", "影像方法与基线不同。"));
    }

    private static DateOnly ImagingDate(DiseaseAssessment form) =>
        CivilDate.Find(form.ImagingDate) ?? CivilDate.Find(form.ResponseDate) ?? DateOnly.MinValue;

    // Numbers that were refused already are not computed with.
    private static bool IsComputable(DiseaseAssessment form) =>
        LaboratoryChecks.Run(form).Concat(PlasmacytomaChecks.Run(form)).All(finding => finding?.Severity != Severity.Hard);
}
