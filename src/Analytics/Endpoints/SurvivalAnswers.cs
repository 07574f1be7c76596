using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Equecel.Analytics.Endpoints;

/// <summary>Answers survival questions from the live cohort or a past one. What is asked again of the same data is not computed again.</summary>
internal sealed class SurvivalAnswers(LiveCohort live, PastCohorts past, DossierReader dossiers, TimeProvider time) : IDisposable
{
    private const long MaxCachedBytes = 16 * 1024 * 1024;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxCachedBytes });

    /// <summary>Answers one question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellation">Ends the wait for a past cohort.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// UNAVAILABLE while the cohort is not loaded or the database is down; RESOURCE_EXHAUSTED when the answer is too large to send.
    /// </exception>
    public async Task<V1.SurvivalCurve> GetAsync(SurvivalQuestion question, CancellationToken cancellation)
    {
        if (!live.Loaded.IsCompleted)
        {
            throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        }

        if (!IsInColumns(question))
        {
            return await GetFromDossiersAsync(question, cancellation);
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

    private async Task<V1.SurvivalCurve> GetFromDossiersAsync(SurvivalQuestion question, CancellationToken cancellation)
    {
        // Versions that come late belong to past instants as well, so every change makes old answers old.
        live.TryRead(asOf: null, cohort => cohort, out var now);
        var key = (now!.Revision, question.Bytes);
        if (cache.TryGetValue(key, out V1.SurvivalCurve? known))
        {
            return known!;
        }

        try
        {
            await using var moment = await dossiers.OpenAsync(question.AsOfTime, cancellation);
            var counts = await SurvivalCounts.OfAsync(moment.ReadAsync(kinds: [], question.Sites, cancellation), moment.Position, question);
            return Finish(question, new Begun(key, null, counts));
        }
        catch (NpgsqlException)
        {
            throw RpcError.DependencyDown("The database of Analytics", TimeSpan.FromSeconds(1));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private Begun Begin(SurvivalQuestion question, CohortState cohort)
    {
        var key = (cohort.Revision, question.Bytes);
        return cache.TryGetValue(key, out V1.SurvivalCurve? answer)
            ? new Begun(key, answer, null)
            : new Begun(key, null, SurvivalCounts.Of(cohort, question));
    }

    private V1.SurvivalCurve Finish(SurvivalQuestion question, Begun begun)
    {
        var answer = SurvivalAnswer.Compute(question, begun.Counts!, time.GetUtcNow());
        var bytes = answer.CalculateSize();
        if (bytes > ServiceDefaultsExtensions.MaxSendMessageBytes)
        {
            throw RpcError.Of(
                StatusCode.ResourceExhausted,
                ErrorReason.TooLarge,
                "The answer is too large to send. Ask for it with without_points, without groups, or for fewer sites.",
                [("limit", $"{ServiceDefaultsExtensions.MaxSendMessageBytes} bytes")]);
        }

        cache.Set(begun.Key, answer, new MemoryCacheEntryOptions { Size = bytes + begun.Key.Bytes.Length, SlidingExpiration = TimeSpan.FromMinutes(10) });
        return answer;
    }

    /// <summary>An answer that is there, or what to compute it from.</summary>
    private sealed record Begun((CohortRevision Revision, ByteString Bytes) Key, V1.SurvivalCurve? Cached, SurvivalCounts? Counts);
}
