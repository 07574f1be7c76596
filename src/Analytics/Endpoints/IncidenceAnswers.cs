using Equecel.Analytics.Cohort;
using Equecel.Analytics.Snapshots;
using Equecel.Analytics.Statistics;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using static Equecel.Analytics.Endpoints.ScopeChecks;

namespace Equecel.Analytics.Endpoints;

/// <summary>Answers questions for the cumulative incidence of a response. What is asked again of the same data is not computed again.</summary>
internal sealed class IncidenceAnswers(CurveCounter curves, LiveCohort live, Moments moments, TimeProvider time) : IDisposable
{
    private readonly AnswerCache<V1.IncidenceCurve> cache = new();

    /// <summary>Answers one.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT naming every field at fault; UNAVAILABLE while the cohort is not loaded or the database is down;
    /// RESOURCE_EXHAUSTED when the answer is too large to send; NOT_FOUND and FAILED_PRECONDITION as <see cref="Moments.FindAsync"/> has them.
    /// </exception>
    public async Task<V1.IncidenceCurve> GetAsync(V1.GetIncidenceCurveRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        Demand(IncidenceRequestChecks.Run(request, now));
        var (cohort, question) = (live.Revision ?? throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1)), request.ToByteString());
        if (cache.Find(cohort, question) is { } known)
        {
            return known;
        }

        var asOf = await moments.FindAsync(request.AsOfTime?.ToDateTimeOffset(), request.Snapshot, cancellation);
        var counted = await curves.CountAsync(CurveScope.Of(request), asOf, cancellation);
        return cache.Keep(
            counted.Revision,
            question,
            Compute(request, counted.Counts, counted.Position.ToV1(asOf, now)),
            "with without_points, without groups, or for fewer sites");
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    /// <summary>The method and its variants in words, with the rule set, in English and in Chinese.</summary>
    /// <param name="level">Confidence level of the intervals.</param>
    /// <param name="withGroups">Whether groups are compared.</param>
    public static (string En, string Zh) Method(double level, bool withGroups)
    {
        var percent = FormattableString.Invariant($"{100 * level:0.####}");
        (string En, string Zh) test = withGroups ? ("Gray's test between groups (exploratory); ", "组间Gray检验（探索性）；") : ("", "");
        return (
            $"Aalen–Johansen cumulative incidence; precluded by progression, death and new therapy; Marubini–Valsecchi variance; log-log {percent} % intervals; {test.En}convention A (infusion day = day 1); rule set {SurvivalAnswer.RuleSet}",
            $"Aalen–Johansen累积发生率；竞争事件：疾病进展、死亡和新治疗；Marubini–Valsecchi方差；双对数{percent}%置信区间；{test.Zh}约定A（回输日为第1天）；规则集{SurvivalAnswer.RuleSet}");
    }

    /// <summary>Computes the answer from what was counted.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="position">The data that was counted.</param>
    public static V1.IncidenceCurve Compute(V1.GetIncidenceCurveRequest request, CurveCounts counts, V1.DataPosition position)
    {
        var level = request.ConfidenceLevel == 0 ? Level.Default : request.ConfidenceLevel;
        var groups = counts.Groups.Select(group => (group.Key, Table: group.Value.Times.ToCompetingTable())).ToList();
        var gray = GrayTest.Test([.. groups.Select(group => group.Table)]);
        return new V1.IncidenceCurve
        {
            Endpoint = request.Endpoint,
            Method = Method(level, withGroups: request.Grouping != V1.Grouping.Unspecified).En,
            RuleSet = SurvivalAnswer.RuleSet,
            ConfidenceLevel = level,
            Population = request.Population ?? new V1.Population(),
            DataCutoffDate = request.DataCutoffDate,
            Strata = { groups.Prepend((Key: "", Table: counts.All.Times.ToCompetingTable())).Select(group => IncidenceStratum.Compute(group.Key, group.Table, request, level)) },
            Gray = gray.Value is { } test
                ? new V1.IncidenceCurve.Types.GrayTest { ChiSquare = test.ChiSquare, DegreesOfFreedom = test.DegreesOfFreedom, PValue = test.PValue }
                : null,
            GrayNotEstimableReason = request.Grouping == V1.Grouping.Unspecified ? "" : gray.Reason?.InWords() ?? "",
            Exclusions = { counts.Exclusions },
            Position = position,
        };
    }
}
