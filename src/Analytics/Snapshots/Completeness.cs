using System.Globalization;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Operations;
using Equecel.Common.V1;
using Equecel.ServiceDefaults;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Analytics.Snapshots;

/// <summary>
/// Sees to it that an answer as of an instant knows everything that was saved by then, so that nothing that comes later can change it.
/// What is not proven yet is compared with the services' journals, and what is missing is fetched.
/// </summary>
internal sealed class Completeness(
    IEnumerable<CaptureService> services, StoredHashes stored, CompleteTimes complete, Reconciler reconciler, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);

    // What the queue is bringing need not be fetched one by one.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when everything that was saved by an instant is there.</summary>
    /// <param name="asOf">The instant.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RpcException">
    /// FAILED_PRECONDITION: something is missing still; UNAVAILABLE: a service that must be asked, or the database, cannot be reached.
    /// </exception>
    public Task DemandAsync(DateTimeOffset asOf, CancellationToken cancellation)
    {
        // Both sides take a range to whole milliseconds, its end exclusive.
        var to = SaveTimeRange.Whole(asOf).AddMilliseconds(1);
        return AnalyticsDatabase.AskAsync(() => Task.WhenAll(services.Select(service => DemandAsync(service, to, cancellation))));
    }

    private async Task<bool> DemandAsync(CaptureService service, DateTimeOffset to, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var known = await complete.FindAsync(service.Name, cancellation);
            if (known >= to)
            {
                return true;
            }

            await ProveAsync(service, new SaveTimeRange(known, to), time.GetElapsedTime(start) > OnItsWay, cancellation);
            if (await complete.FindAsync(service.Name, cancellation) is var now && now >= to)
            {
                return true;
            }

            if (time.GetElapsedTime(start) > Patience)
            {
                throw Incomplete(service.Name, now);
            }

            await Task.Delay(AskAgainAfter, time, cancellation);
        }
    }

    private async Task ProveAsync(CaptureService service, SaveTimeRange range, bool isFetching, CancellationToken cancellation)
    {
        try
        {
            var unsaid = time.GetUtcNow() - Reconciler.Settling;
            var (theirs, settled) = await service.DigestAsync(range, cancellation);
            if ((settled ?? unsaid) < range.To)
            {
                return;
            }

            if (theirs == await stored.DigestAsync(service.Name, range, cancellation))
            {
                await complete.KeepAsync(service.Name, range, cancellation);
            }
            else if (isFetching)
            {
                await reconciler.CompareAsync(service, range, _ => Task.CompletedTask, cancellation);
            }
        }
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            throw RpcError.DependencyDown($"The journal of {service.Name}, which tells whether Analytics has everything as of the instant,", TimeSpan.FromSeconds(1));
        }
    }

    private static RpcException Incomplete(string service, DateTimeOffset? known)
    {
        var upTo = known is { } time ? time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) : "";
        var message = $"Analytics lacks versions that {service} had saved by the instant"
            + (upTo.Length == 0 ? ". " : $"; before {upTo} it has them all. ")
            + "Ask again in a while, as of an earlier instant, or as of now. If it stays so, an operator finds the cause with equecel status.";
        return RpcError.Of(
            StatusCode.FailedPrecondition, ErrorReason.DataIncomplete, message, [("service", service), ("complete_time", upTo)],
            new PreconditionFailure
            {
                Violations = { new PreconditionFailure.Types.Violation { Type = RpcError.Name(ErrorReason.DataIncomplete), Subject = service, Description = message } },
            });
    }
}
