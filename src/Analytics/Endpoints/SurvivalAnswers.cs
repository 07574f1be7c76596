using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.ServiceDefaults;

namespace Equecel.Analytics.Endpoints;

/// <summary>Answers survival questions from the live cohort or a past one. What is asked again of the same data is not computed again.</summary>
internal sealed class SurvivalAnswers(LiveCohort live, PastCohorts past, DossierReader dossiers, TimeProvider time) : IDisposable
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
        if (!IsInColumns(question))
        {
            return cache.Find(now, question.Bytes) ?? await GetFromDossiersAsync(now, question, cancellation);
        }

        if (!live.TryRead(question.AsOfTime, cohort => Begin(question, cohort), out var begun))
        {
            begun = Begin(question, await past.GetAsync(question.AsOfTime!.Value, cancellation));
        }

        return begun.Cached ?? Finish(question, begun);
    }

    // The cohort in memory holds the dates of overall survival, sites and provenance.
    private static bool IsInColumns(SurvivalQuestion question) => question is
    {
        Endpoint: V1.Endpoint.OverallSurvival,
        Grouping: V1.Grouping.Unspecified or V1.Grouping.Site or V1.Grouping.Provenance,
    };

    // Versions that come late belong to past instants as well, so every change of the live cohort makes old answers old.
    private Task<V1.SurvivalCurve> GetFromDossiersAsync(CohortRevision now, SurvivalQuestion question, CancellationToken cancellation) => AnalyticsDatabase.AskAsync(async () =>
    {
        await using var moment = await dossiers.OpenAsync(question.AsOfTime, cancellation);
        var counts = await SurvivalCounts.OfAsync(moment.ReadAsync(question.Sites, cancellation), moment.Position, question);
        return Finish(question, new Begun(now, null, counts));
    });

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private Begun Begin(SurvivalQuestion question, CohortState cohort) => cache.Find(cohort.Revision, question.Bytes) is { } answer
        ? new Begun(cohort.Revision, answer, null)
        : new Begun(cohort.Revision, null, SurvivalCounts.Of(cohort, question));

    private V1.SurvivalCurve Finish(SurvivalQuestion question, Begun begun) => cache.Keep(
        begun.Cohort, question.Bytes, SurvivalAnswer.Compute(question, begun.Counts!, time.GetUtcNow()), "with without_points, without groups, or for fewer sites");

    /// <summary>An answer that is there, or what to compute it from.</summary>
    private sealed record Begun(CohortRevision Cohort, V1.SurvivalCurve? Cached, SurvivalCounts? Counts);
}
