using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Equecel.ServiceDefaults;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Analytics.Operations;

/// <summary>Takes parked messages in once more, the same way as they came the first time.</summary>
internal sealed class Replay(ParkedMessages parked, MessageReader reader, Ingestor ingestor, ILogger<Replay> logger)
{
    // Each is in the list of parked messages, with the time of its replay.
    private const int MostNamed = 200;

    /// <summary>Says which messages a replay is of: how many, and the numbers of the first 200.</summary>
    /// <param name="ids">Their numbers.</param>
    public static string Describe(IReadOnlyList<long> ids) =>
        $"replay of {ids.Count} parked messages"
        + (ids.Count == 0 ? "" : $": {string.Join(", ", ids.Take(MostNamed))}")
        + (ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "");

    /// <summary>Finds the messages that a request names.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">NOT_FOUND: one of them is not parked.</exception>
    public async Task<IReadOnlyList<long>> FindAsync(ReplayParkedMessagesRequest request, CancellationToken cancellation)
    {
        var found = await parked.FindAsync(request.Reason.Length > 0 ? request.Reason : null, cancellation);
        if (request.ParkedIds.Count == 0)
        {
            return found;
        }

        foreach (var id in request.ParkedIds.Except(found))
        {
            throw RpcError.Of(
                StatusCode.NotFound, ErrorReason.RecordNotFound, $"No message {id} is parked. List the parked messages to find their numbers.", [],
                new ResourceInfo { ResourceType = "equecel.parked_message", ResourceName = $"{id}" });
        }

        return [.. request.ParkedIds.Distinct()];
    }

    /// <summary>Takes one in.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What became of it; null when it is not parked any more.</returns>
    public async Task<ReplayedMessage?> RunAsync(long id, string actor, CancellationToken cancellation)
    {
        if (await parked.FindAsync(id, cancellation) is not var (message, attempts))
        {
            return null;
        }

        await ingestor.TakeAsync([.. reader.Split(message).Select(reader.Read)], position: null, cancellation);
        var reason = await parked.MarkReplayedAsync(id, attempts, cancellation);
        logger.LogInformation("Parked message {ParkedId} was replayed by {Actor}: {Outcome}", id, actor, reason is null ? "taken in" : "parked again");
        return new ReplayedMessage { ParkedId = id, MessageId = message.MessageId, Taken = reason is null, Reason = reason ?? "" };
    }
}
