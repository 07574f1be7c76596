using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace Equecel.ServiceDefaults;

/// <summary>Reads a stream of messages of which none is too large, and that does not keep a caller's place for ever without sending any.</summary>
/// <param name="reader">Reads it.</param>
/// <param name="call">The call that it belongs to.</param>
internal sealed class BoundedReader<T>(IAsyncStreamReader<T> reader, ServerCallContext call) : IAsyncStreamReader<T>, IDisposable
    where T : class
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    // Ends what is read, so that nothing of a call is read any more when it has ended.
    private readonly CancellationTokenSource silence = new();

    /// <inheritdoc/>
    public T Current => reader.Current;

    /// <inheritdoc/>
    public void Dispose() => silence.Dispose();

    /// <inheritdoc/>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var next = reader.MoveNext(silence.Token);
        return next.IsCompletedSuccessfully && !(next.Result && IsTooLarge()) ? next : WaitAsync(next, cancellationToken);
    }

    private async Task<bool> WaitAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        using var leaving = cancellationToken.UnsafeRegister(source => ((CancellationTokenSource)source!).Cancel(), silence);
        try
        {
            silence.CancelAfter(LongestSilence);
            var there = await next;
            silence.CancelAfter(Timeout.InfiniteTimeSpan);
            return there && IsTooLarge()
                ? throw RpcError.TooLarge("A row", $"{ServiceDefaultsExtensions.MaxStreamedMessageBytes} bytes")
                : there;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !call.CancellationToken.IsCancellationRequested)
        {
            throw RpcError.Silent(LongestSilence);
        }
        catch (Exception) when (CallBounds.HasExpired(call.GetHttpContext()))
        {
            // The caller is told so, however the server says that nothing is read any more.
            throw;
        }
        catch (Exception e) when (e is InvalidOperationException || (e is IOException && WatchedBody.Of(call.GetHttpContext()) is { BrokeOff: true }))
        {
            // The server's ways of saying that the connection broke off while it was read. The sender resumes.
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
