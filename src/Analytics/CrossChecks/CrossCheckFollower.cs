using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.ServiceDefaults;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics.CrossChecks;

/// <summary>Looks at the participants of whom something was taken in, and tells the services what is asked about them now.</summary>
/// <remarks>
/// A service that is told the same again changes nothing, so that a crash in between only tells it twice. One that is away keeps none
/// of the others waiting.
/// </remarks>
internal sealed class CrossCheckFollower(
    DueParticipants due, DossierReader dossiers, IEnumerable<CaptureService> services, LiveCohort live, TimeProvider time, ILogger<CrossCheckFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // A long list is worked off beside everything else, not before it.
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await live.Loaded.WaitAsync(stoppingToken);
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Interval;
            try
            {
                var (count, failed) = await WorkAsync(stoppingToken);
                if (failed)
                {
                    wait = backoff.Next();
                }
                else
                {
                    backoff.Reset();
                    wait = count == DueParticipants.BatchSize ? BetweenBatches : Interval;
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Participants cannot be looked at over several services ({Reason}). Trying again", BackgroundFailure.Count("cross-checks", e));
                wait = backoff.Next();
            }

            await Task.Delay(wait, time, stoppingToken);
        }
    }

    /// <summary>Looks at one batch.</summary>
    private async Task<(int Count, bool Failed)> WorkAsync(CancellationToken stopping)
    {
        var batch = await due.FindAsync(stopping);
        if (batch.Count == 0)
        {
            return (0, Failed: false);
        }

        HashSet<string> unread = [];
        var looked = await LookAsync([.. batch.Select(one => one.Participant)], unread, stopping);
        var untold = (await Task.WhenAll(services.Select(service => TellAsync(service, looked, stopping)))).SelectMany(codes => codes).ToHashSet();
        HashSet<string> failed = [.. unread, .. untold];
        await due.FinishAsync([.. batch.Where(one => !failed.Contains(one.Participant))], stopping);
        if (failed.Count > 0)
        {
            await due.PostponeAsync([.. batch.Where(one => failed.Contains(one.Participant))], stopping);
        }

        return (batch.Count, untold.Count > 0 || unread.Count == batch.Count);
    }

    /// <summary>Finds what is asked about participants. One whose records cannot be read joins the unread, and keeps none of the others waiting.</summary>
    private async Task<List<(Dossier Dossier, IReadOnlyList<CrossCheck> Asked)>> LookAsync(
        IReadOnlyList<string> participants, HashSet<string> unread, CancellationToken stopping)
    {
        try
        {
            return (await dossiers.ReadAsync(participants, stopping))
                .ConvertAll(dossier => (dossier, (IReadOnlyList<CrossCheck>)[.. CrossCheckRules.Run(dossier)]));
        }
        catch (Exception e) when (e is not NpgsqlException && !stopping.IsCancellationRequested)
        {
            if (participants.Count == 1)
            {
                logger.LogWarning("A participant cannot be looked at over several services ({Reason}). Trying again", BackgroundFailure.Count("cross-checks", e));
                unread.Add(participants[0]);
                return [];
            }

            List<(Dossier, IReadOnlyList<CrossCheck>)> looked = [];
            foreach (var participant in participants)
            {
                looked.AddRange(await LookAsync([participant], unread, stopping));
            }

            return looked;
        }
    }

    /// <returns>The participants of whom the service could not be told.</returns>
    private async Task<IEnumerable<string>> TellAsync(
        CaptureService service, IReadOnlyList<(Dossier Dossier, IReadOnlyList<CrossCheck> Asked)> looked, CancellationToken stopping)
    {
        var request = CrossCheckRequests.For(service.Name, looked);
        if (request.Participants.Count == 0)
        {
            return [];
        }

        try
        {
            var answer = await service.SetCrossChecksAsync(request, stopping);
            if (answer.UnknownRecordIds.Count + answer.OutdatedRecordIds.Count > 0)
            {
                // What changed there is on its way here, and its participant is then looked at again.
                logger.LogInformation(
                    "{Service} does not know {Unknown} of the records that were asked about, and has later versions of {Outdated}",
                    service.Name, answer.UnknownRecordIds.Count, answer.OutdatedRecordIds.Count);
            }

            return [];
        }
        catch (RpcException e) when (!stopping.IsCancellationRequested)
        {
            logger.LogWarning("{Service} cannot be told what is asked over several services: {Reason}. Trying again", service.Name, e.StatusCode);
            return request.Participants.Select(one => one.Participant);
        }
    }
}
