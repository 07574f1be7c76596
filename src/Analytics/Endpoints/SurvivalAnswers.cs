using Equecel.Analytics.Cohort;
using Equecel.ServiceDefaults;

namespace Equecel.Analytics.Endpoints;

/// <summary>Answers survival questions. What is asked again of the same data is not computed again.</summary>
internal sealed class SurvivalAnswers(LiveCohort live, PastCohorts past, CurveCounter curves, TimeProvider time) : IDisposable
{
    private readonly AnswerCache<V1.SurvivalCurve> cache = new();

    /// <summary>Answers one question.</summary>
    /// <param name="question">The question, with the instant of its snapshot.</param>
    /// <param name="cancellation">Ends the wait for a past cohort.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// UNAVAILABLE while the cohort is not loaded or the database is down; RESOURCE_EXHAUSTED when the answer is too large to send.
    /// </exception>
    public async Task<V1.SurvivalCurve> GetAsync(SurvivalQuestion question, CancellationToken cancellation)
    {
        var now = live.Revision ?? throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        if (!IsInCohort(question))
        {
            return cache.Find(now, question.Bytes) ?? Finish(question, await curves.CountAsync(question.Scope, question.AsOfTime, cancellation));
        }

        if (!live.TryRead(question.AsOfTime, cohort => Begin(question, cohort), out var begun))
        {
            begun = Begin(question, await past.GetAsync(question.AsOfTime!.Value, cancellation));
        }

        return begun.Cached ?? Finish(question, begun.Counted!);
    }

    // The cohort in memory holds the dates of overall survival, sites and provenance, also of the past and for any cut-off.
    private static bool IsInCohort(SurvivalQuestion question) => question is
    {
        Endpoint: V1.Endpoint.OverallSurvival,
        Grouping: V1.Grouping.Unspecified or V1.Grouping.Site or V1.Grouping.Provenance,
        Population.Subgroups.Count: 0,
    };

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private Begun Begin(SurvivalQuestion question, CohortState cohort) => cache.Find(cohort.Revision, question.Bytes) is { } answer
        ? new Begun(answer, null)
        : new Begun(null, new CountedCurve(CurveCounts.Of(cohort.Columns, question.Scope), cohort.Position, cohort.Revision));

    private V1.SurvivalCurve Finish(SurvivalQuestion question, CountedCurve counted) => cache.Keep(
        counted.Revision,
        question.Bytes,
        SurvivalAnswer.Compute(question, counted.Counts, counted.Position.ToV1(question.AsOfTime, time.GetUtcNow())),
        "with without_points, without groups, or for fewer sites");

    /// <summary>An answer that is there, or what to compute it from.</summary>
    private sealed record Begun(V1.SurvivalCurve? Cached, CountedCurve? Counted);
}
