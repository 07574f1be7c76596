using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Snapshots;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Equecel.ServiceDefaults;

namespace Equecel.Analytics.Curves;

/// <summary>Tells who is behind a step of a curve, from the stored dossiers, page by page. Memory is that of a page.</summary>
internal sealed class CurveContributors(DossierReader dossiers, LiveCohort live, Moments moments, TimeProvider time)
{
    /// <summary>Lists them.</summary>
    /// <param name="request">The step.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT naming every field at fault, also when the curve has no such group; UNAVAILABLE while the cohort is not loaded
    /// or the database is down; NOT_FOUND and FAILED_PRECONDITION as <see cref="Moments.FindAsync"/> has them.
    /// </exception>
    public async Task<V1.ListContributorsResponse> ListAsync(V1.ListCurveContributorsRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var question = CurveStepQuestion.Parse(request, now);
        _ = live.Revision ?? throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        question = question with { AsOf = await moments.FindAsync(question.AsOf, question.Snapshot, cancellation) };
        return await AnalyticsDatabase.AskAsync(async () =>
        {
            await using var moment = await dossiers.OpenAsync(question.AsOf, cancellation);
            return await PageAsync(moment.ReadAsync([.. question.Population.Sites], cancellation), question, request, moment.Position.ToV1(question.AsOf, now));
        });
    }

    /// <summary>Makes a page.</summary>
    /// <param name="dossiers">The study, in order of the participants.</param>
    /// <param name="question">The step.</param>
    /// <param name="request">Which page.</param>
    /// <param name="position">The data.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the curve has no such group.</exception>
    public static async Task<V1.ListContributorsResponse> PageAsync(
        IAsyncEnumerable<Dossier> dossiers, CurveStepQuestion question, V1.ListCurveContributorsRequest request, V1.DataPosition position)
    {
        var (size, isGroupThere) = (Contributors.SizeOf(request.PageSize), question.Group.Length == 0);
        var found = new List<Contribution>(size + 1);
        await foreach (var dossier in dossiers)
        {
            var subject = Subject.Of(dossier, question.Cutoff);
            if (!question.Includes(subject))
            {
                continue;
            }

            isGroupThere = true;
            if (string.CompareOrdinal(dossier.Participant, request.PageToken) > 0 && question.TimeOf(subject.Course!) is { } end && question.IsAtStep(end))
            {
                found.Add(new Contribution(dossier.Participant, InWords(end), [.. Sources(subject, question)]));
                if (found.Count > size)
                {
                    break;
                }
            }
        }

        return isGroupThere
            ? new V1.ListContributorsResponse
            {
                Contributors = { found.Take(size).GroupBy(one => one.Participant).Select(Contributors.Contributor) },
                NextPageToken = found.Count > size ? found[size - 1].Participant : "",
                Position = position,
            }
            : throw RpcError.InvalidField("step.group", "The curve has no such group. Take the group of one of its strata, or leave it empty for everybody.");
    }

    private static string InWords(TimeToEvent end) => end.Outcome switch
    {
        CompetingOutcome.Event => $"{end.Reason.InWords()} on day {end.Days}",
        CompetingOutcome.CompetingEvent => $"precluded by {end.Reason.InWords()} on day {end.Days}",
        _ => $"censored on day {end.Days}: {end.Reason.InWords()}",
    };

    /// <summary>The records that decide a participant's time.</summary>
    private static IEnumerable<DossierRecord> Sources(Subject subject, CurveStepQuestion question) => question.IsOverallSurvival
        ? subject.ObservationRecords
        : subject.Dossier.Records.Where(record => record.Form is Infusion or Death or DiseaseAssessment or SubsequentTherapy);
}
