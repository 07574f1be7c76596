namespace Equecel.Client.Streams;

/// <summary>Lets the rows and the verdicts of an import travel many at a time.</summary>
internal sealed class GatheringHandler : DelegatingHandler
{
    private const int ReadBufferBytes = 16 * 1024;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null || request.RequestUri?.AbsolutePath.EndsWith("/ImportRecords", StringComparison.Ordinal) != true)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        request.Content = new GatheringContent(request.Content);
        var response = await base.SendAsync(request, cancellationToken);
        var content = response.Content;
        response.Content = new StreamContent(new BufferedStream(await content.ReadAsStreamAsync(cancellationToken), ReadBufferBytes));
        foreach (var header in content.Headers)
        {
            response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return response;
    }
}
