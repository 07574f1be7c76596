namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>The response at one visit, before any confirmation.</summary>
/// <param name="Level">The response.</param>
/// <param name="Serology">The response as it would be if the marrow were good enough.</param>
/// <param name="Basis">What shows a progression; null when there is none.</param>
/// <param name="Deciding">The measurements that decided it.</param>
/// <param name="Preventing">What prevented the next better one.</param>
internal sealed record VisitResponse(
    ResponseLevel Level, ResponseLevel Serology, ProgressionBasis? Basis, IReadOnlyList<Reason> Deciding, IReadOnlyList<Reason> Preventing)
{
    private static readonly ResponseLevel[] Deepest =
    [
        ResponseLevel.StringentComplete, ResponseLevel.Complete, ResponseLevel.VeryGoodPartial, ResponseLevel.Partial, ResponseLevel.Minimal,
    ];

    /// <summary>Computes it: progression first, then whether it can be judged, then the deepest level that is fully met.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="nadirs">The lowest values before this visit.</param>
    /// <param name="measured">What was measured at this visit itself.</param>
    /// <param name="now">The same with the marrow and imaging of earlier visits that still count.</param>
    public static VisitResponse Compute(Baseline baseline, Nadirs nadirs, VisitValues measured, VisitValues now)
    {
        var signs = Progression.Find(baseline, nadirs, measured).ToList();
        if (signs.Count > 0)
        {
            return new(ResponseLevel.Progression, ResponseLevel.Progression, signs.Max(sign => sign.Basis), [.. signs.Select(sign => sign.Reason)], []);
        }

        var missing = Evaluability.Missing(baseline, now).ToList();
        if (missing.Count > 0)
        {
            return new(ResponseLevel.NotEvaluable, ResponseLevel.NotEvaluable, null, missing, missing);
        }

        var (level, deciding, preventing) = Judge(baseline, now, isMarrowWaived: false);
        return new(level, Judge(baseline, now, isMarrowWaived: true).Level, null, deciding, preventing);
    }

    private static (ResponseLevel Level, IReadOnlyList<Reason> Deciding, IReadOnlyList<Reason> Preventing) Judge(
        Baseline baseline, VisitValues now, bool isMarrowWaived)
    {
        IReadOnlyList<Reason> better = [];
        foreach (var level in Deepest)
        {
            if (ResponseCriteria.Of(level, baseline, now, isMarrowWaived) is not { } criteria)
            {
                continue;
            }

            if (criteria.All(criterion => criterion.IsMet))
            {
                return (level, criteria, better);
            }

            better = [.. criteria.Where(criterion => !criterion.IsMet)];
        }

        return (ResponseLevel.StableDisease, better, better);
    }
}
