using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace Equecel.ServiceDefaults;

/// <summary>Reads a stream of messages of which none is too large, and that does not keep a caller's place for ever without sending any.</summary>
internal sealed class BoundedReader<T>(IAsyncStreamReader<T> reader) : IAsyncStreamReader<T>
    where T : class
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public T Current => reader.Current;

    /// <inheritdoc/>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var next = reader.MoveNext(cancellationToken);
        return next.IsCompletedSuccessfully && !(next.Result && IsTooLarge()) ? next : WaitAsync(next, cancellationToken);
    }

    private async Task<bool> WaitAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        try
        {
            var there = await next.WaitAsync(LongestSilence, cancellationToken);
            return there && IsTooLarge()
                ? throw RpcError.TooLarge("A row", $"{ServiceDefaultsExtensions.MaxStreamedMessageBytes} bytes")
                : there;
        }
        catch (TimeoutException)
        {
            throw RpcError.Silent(LongestSilence);
        }
        catch (InvalidOperationException)
        {
            // The server's way of saying, now and then, that the connection broke off while it was read. The sender resumes.
            throw RpcError.DependencyDown("The rest of the stream", RetryAfter);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is IOException or InvalidDataException or RpcException { StatusCode: StatusCode.Internal or StatusCode.Unknown })
        {
            // What the library says of a frame that it cannot read or inflate.
            throw RpcError.UnreadableMessage();
        }
    }

    private bool IsTooLarge() => Current is IMessage message && message.CalculateSize() > ServiceDefaultsExtensions.MaxStreamedMessageBytes;
}
