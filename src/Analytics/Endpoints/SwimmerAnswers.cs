using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Snapshots;
using Equecel.Analytics.Tables;
using Equecel.ServiceDefaults;
using static Equecel.Analytics.Endpoints.ScopeChecks;

namespace Equecel.Analytics.Endpoints;

/// <summary>Answers requests for the lanes of a swimmer plot, from the stored dossiers. Memory is that of one participant.</summary>
internal sealed class SwimmerAnswers(DossierReader dossiers, LiveCohort live, Moments moments, ReaderTurns turns, TimeProvider time)
{
    /// <summary>The method in words, with the rule set.</summary>
    public const string Method =
        "Responses as the investigator recorded them, up to the first recorded progression and until new therapy; progression that stands; bar to death, or last known alive by the cut-off; "
        + $"convention A (infusion day = day 1); rule set {SurvivalAnswer.RuleSet}";

    /// <summary>The same in Chinese.</summary>
    public const string MethodZh =
        "研究者记录的疗效，至首次记录的疾病进展或新治疗为止；疾病进展为成立者；泳道至死亡，或至数据截止日前的末次已知存活；"
        + $"约定A（回输日为第1天）；规则集{SurvivalAnswer.RuleSet}";

    /// <summary>Answers one: a lane for each participant, then the summary.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="answer">Takes an item.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT naming every field at fault; UNAVAILABLE while the cohort is not loaded or the database is down;
    /// NOT_FOUND and FAILED_PRECONDITION as <see cref="Moments.FindAsync"/> has them.
    /// </exception>
    public async Task AnswerAsync(V1.ListSwimmerLanesRequest request, Func<V1.SwimmerItem, CancellationToken, Task> answer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        Demand(Run(request.Population, V1.Grouping.Unspecified, request.AsOfTime, request.Snapshot, request.DataCutoffDate, 0, now));
        if (live.Revision is null)
        {
            throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        }

        var asOf = await moments.FindAsync(request.AsOfTime?.ToDateTimeOffset(), request.Snapshot, cancellation);
        using var turn = await turns.TakeAsync(cancellation);
        await AnalyticsDatabase.AskAsync(async () =>
        {
            await using var moment = await dossiers.OpenAsync(asOf, cancellation);
            var summary = new V1.SwimmerSummary
            {
                Method = Method,
                RuleSet = SurvivalAnswer.RuleSet,
                Population = request.Population,
                DataCutoffDate = request.DataCutoffDate,
                Position = moment.Position.ToV1(asOf, now),
            };
            await foreach (var lane in LanesAsync(moment.ReadAsync([.. request.Population?.Sites ?? []], cancellation), request, summary))
            {
                await answer(new V1.SwimmerItem { Lane = lane }, cancellation);
            }

            await answer(new V1.SwimmerItem { Summary = summary }, cancellation);
            return true;
        });
    }

    /// <summary>Makes the lanes, and counts into the summary.</summary>
    /// <param name="dossiers">The participants.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="summary">Takes the counts.</param>
    public static async IAsyncEnumerable<V1.SwimmerLane> LanesAsync(IAsyncEnumerable<Dossier> dossiers, V1.ListSwimmerLanesRequest request, V1.SwimmerSummary summary)
    {
        var cutoff = PartialDate.FindDay(request.DataCutoffDate);
        var population = StudyPopulation.Of(request.Population);
        var exclusions = new SortedDictionary<Exclusion, int>();
        await foreach (var dossier in dossiers)
        {
            var subject = Subject.Of(dossier, cutoff);
            if (subject.Exclusion == Exclusion.NoRecord || !population.Includes(subject))
            {
                continue;
            }

            if (subject.Course is null)
            {
                exclusions[subject.Exclusion] = exclusions.GetValueOrDefault(subject.Exclusion) + 1;
                continue;
            }

            summary.ParticipantCount++;
            var lane = SwimmerLanes.Of(subject);
            if (request.WithSources)
            {
                lane.Sources.Add(SwimmerLanes.SourcesOf(dossier).Select(Contributors.SourceOf));
            }

            yield return lane;
        }

        summary.Exclusions.Add(exclusions.Select(one => new V1.Exclusion { Reason = SurvivalAnswer.InWords(one.Key), ParticipantCount = one.Value }));
    }
}
