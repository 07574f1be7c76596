using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Questions that the computed response asks about the investigator's. They name the measurements that decided, and are gone once the data agree.</summary>
internal static class CourseFindings
{
    private const string Field = "investigator_response";

    /// <summary>Finds them.</summary>
    /// <param name="step">What was computed for the assessment.</param>
    /// <param name="missing">Fields of the assessment that are missing with a reason: they raise no question.</param>
    public static IEnumerable<Finding> Of(CourseStep step, IReadOnlyDictionary<string, MissingReason> missing)
    {
        if (step.Visit.Investigator is not { } investigator)
        {
            yield break;
        }

        if (step.Baseline.Track == MeasurableTrack.None)
        {
            yield return Check.Query("A17", Field,
                "No measurable disease at baseline; response cannot be calculated.", "基线无可测量病灶，无法计算疗效。");
        }
        else if (MissingTests(step, investigator, missing) is { Count: > 0 } tests)
        {
            yield return Check.Query("A10", Field,
                $"{string.Join(", ", tests.Select(test => test.Name))} missing for {investigator.Short()}; highest supported level is {step.Response.Level.Short()}.",
                $"{investigator.Short()}缺少{string.Join("、", tests.Select(test => test.NameZh))}；现有数据支持{step.Response.Level.Short()}。");
        }

        if (step.Comparison is Comparison.Minor or Comparison.Major && !IsExplained(step, investigator, missing))
        {
            var why = Why(step, investigator);
            var computed = $"{step.Response.Level.Short()} (confirmed: {step.Confirmed.Short()})";
            yield return Check.Query("A12", Field,
                $"Investigator {investigator.Short()} differs from IMWG calculation {computed}: {string.Join("; ", why.Select(reason => reason.Text))}. Please confirm or correct.",
                $"研究者评估{investigator.Short()}与IMWG算法{step.Response.Level.Short()}（确认疗效：{step.Confirmed.Short()}）不一致：{string.Join("；", why.Select(reason => reason.TextZh))}。请确认或更正。");
        }

        if (step.ConfirmedBefore == ResponseLevel.Progression && investigator >= ResponseLevel.Minimal && !step.IsAfterNewTherapy)
        {
            yield return Check.Query("A13", Field, "Response after progression; please confirm.", "进展后再次缓解，请核实。");
        }
    }

    private static List<Marker> MissingTests(CourseStep step, ResponseLevel investigator, IReadOnlyDictionary<string, MissingReason> missing)
    {
        var unmet = step.Response.Level == ResponseLevel.NotEvaluable && investigator != ResponseLevel.NotEvaluable ? step.Response.Preventing
            : investigator >= ResponseLevel.Complete && step.Response.Level < investigator ? Unmet(step, investigator)
            : [];
        return [.. unmet.Where(reason => reason.IsMissing && !missing.ContainsKey(MissingField(reason.Marker))).Select(reason => reason.Marker).Distinct()];
    }

    // What stands between the two is only what cannot be had.
    private static bool IsExplained(CourseStep step, ResponseLevel investigator, IReadOnlyDictionary<string, MissingReason> missing) =>
        investigator > step.Response.Level && step.Response.Level != ResponseLevel.Progression
        && Unmet(step, investigator) is { Count: > 0 } unmet
        && unmet.All(reason => reason.IsMissing && missing.ContainsKey(MissingField(reason.Marker)));

    private static IReadOnlyList<Reason> Why(CourseStep step, ResponseLevel investigator) =>
        step.Response.Level != ResponseLevel.Progression && investigator > step.Response.Level && Unmet(step, investigator) is { Count: > 0 } unmet
            ? unmet
            : step.Response.Deciding;

    private static List<Reason> Unmet(CourseStep step, ResponseLevel level) => level < ResponseLevel.Minimal
        ? []
        : [.. (ResponseCriteria.Of(level, step.Baseline, step.Now, isMarrowWaived: false) ?? []).Where(reason => !reason.IsMet)];

    // A list cannot be said to be missing; that there was no imaging can.
    private static string MissingField(Marker marker) => marker.Sample == Sample.Imaging ? "imaging_date" : marker.Field;
}
