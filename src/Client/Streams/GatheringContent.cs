using System.Net;

namespace Equecel.Client.Streams;

/// <summary>Request content that gathers what is written until it is flushed, so that many rows travel in one frame.</summary>
/// <remarks>Without it each row is a frame of its own, handed to the connection by itself, which costs as much as all else about it.</remarks>
internal sealed class GatheringContent : HttpContent
{
    private readonly HttpContent content;

    /// <summary>Wraps the content.</summary>
    public GatheringContent(HttpContent content)
    {
        this.content = content;
        foreach (var header in content.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var gathering = new GatheringStream(stream);
        await content.CopyToAsync(gathering, context, cancellationToken);
        await gathering.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        content.Dispose();
        base.Dispose(disposing);
    }
}
