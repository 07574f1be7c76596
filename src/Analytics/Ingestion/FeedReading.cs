namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Reads a service's feed from a position to where the service is, in batches. A batch that a process died of is taken in change by
/// change, so that the guilty one does not hold up the feed.
/// </summary>
internal sealed class FeedReading(Quarantine quarantine)
{
    private const int BatchSize = 500;

    // A feed that sends nothing for so long is taken for dead.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Reads it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="resumeToken">The position; empty for the beginning.</param>
    /// <param name="take">Takes in a batch, which may be empty, and the position after it; null for none.</param>
    /// <param name="stopping">Ends it.</param>
    /// <returns>How many changes were read.</returns>
    /// <exception cref="Grpc.Core.RpcException">The service cannot be reached, or refuses.</exception>
    public async Task<long> ReadAsync(
        CaptureService service, string resumeToken, Func<IReadOnlyList<Arrival>, FeedPosition?, Task> take, CancellationToken stopping)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        silence.CancelAfter(Silence);

        var batch = new List<Arrival>(BatchSize);
        var (count, token) = (0L, resumeToken);
        await foreach (var item in service.ReadFeedAsync(resumeToken, silence.Token))
        {
            if (item.Arrival is not null)
            {
                batch.Add(item.Arrival);
                count++;
            }

            token = item.ResumeToken.Length > 0 ? item.ResumeToken : token;
            if (batch.Count == BatchSize)
            {
                // However long it takes to take it in, that is not the feed's silence.
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                await TakeBatchAsync();
            }

            silence.CancelAfter(Silence);
        }

        await TakeBatchAsync();
        return count;

        async Task TakeBatchAsync()
        {
            if (batch.Count > 0 || token != resumeToken)
            {
                await TakeAsync(batch, new FeedPosition(service.Name, resumeToken), new FeedPosition(service.Name, token), take, stopping);
            }

            batch.Clear();
            resumeToken = token;
        }
    }

    private async Task TakeAsync(
        List<Arrival> batch, FeedPosition before, FeedPosition after, Func<IReadOnlyList<Arrival>, FeedPosition?, Task> take, CancellationToken stopping)
    {
        var whole = new ReceivedMessage(
            $"{ReceivedMessage.FeedPrefix}{before.Service}", new Dictionary<string, string?> { ["position"] = before.ResumeToken }, () => ReadOnlyMemory<byte>.Empty);
        if (await quarantine.BeginAsync(whole, stopping) == 0)
        {
            await take(batch, after);
        }
        else
        {
            foreach (var arrival in batch)
            {
                await quarantine.TakeAsync(
                    arrival.Message, fault => take([fault is null ? arrival : arrival with { Version = null, Fault = fault }], null), stopping);
            }

            await take([], after);
        }

        await quarantine.EndAsync(whole, stopping);
    }
}
