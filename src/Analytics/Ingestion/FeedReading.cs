namespace Equecel.Analytics.Ingestion;

/// <summary>Reads a service's feed from a position to where the service is, in batches.</summary>
internal static class FeedReading
{
    private const int BatchSize = 500;

    // A feed that sends nothing for so long is taken for dead.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Reads it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="resumeToken">The position; empty for the beginning.</param>
    /// <param name="take">Takes in a batch, which may be empty, and the position after it.</param>
    /// <param name="stopping">Ends it.</param>
    /// <returns>How many changes were read.</returns>
    /// <exception cref="Grpc.Core.RpcException">The service cannot be reached, or refuses.</exception>
    public static async Task<long> ReadAsync(
        CaptureService service, string resumeToken, Func<IReadOnlyList<Arrival>, FeedPosition, Task> take, CancellationToken stopping)
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
                await TakeAsync();
            }

            silence.CancelAfter(Silence);
        }

        await TakeAsync();
        return count;

        async Task TakeAsync()
        {
            if (batch.Count > 0 || token != resumeToken)
            {
                await take(batch, new FeedPosition(service.Name, token));
            }

            batch.Clear();
            resumeToken = token;
        }
    }
}
