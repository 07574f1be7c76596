using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
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
            catch (NpgsqlException e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Participants cannot be looked at over several services ({SqlState}). Trying again", e.SqlState);
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

        var looked = (await dossiers.ReadAsync([.. batch.Select(one => one.Participant)], stopping))
            .Select(dossier => (dossier, (IReadOnlyList<CrossCheck>)[.. CrossCheckRules.Run(dossier)])).ToList();
        var failed = (await Task.WhenAll(services.Select(service => TellAsync(service, looked, stopping)))).SelectMany(codes => codes).ToHashSet();
        await due.FinishAsync([.. batch.Where(one => !failed.Contains(one.Participant))], stopping);
        if (failed.Count > 0)
        {
            await due.PostponeAsync([.. batch.Where(one => failed.Contains(one.Participant))], stopping);
        }

        return (batch.Count, failed.Count > 0);
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
