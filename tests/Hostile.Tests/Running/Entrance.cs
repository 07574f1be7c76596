using Grpc.Core;
using Grpc.Net.Client;

namespace Equecel.Hostile.Tests.Running;

/// <summary>A way to the services: through the gateway, or past it. Makes calls with any bytes and any token.</summary>
internal sealed class Entrance : IDisposable
{
    private const int MostAttempts = 100;
    private const string Broke = "The connection broke before an answer came.";

    private static readonly string[] PassingCodes = ["ENHANCE_YOUR_CALM", "STREAM_CLOSED"];

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SoonKnown = TimeSpan.FromMilliseconds(200);

    private readonly GrpcChannel channel;

    /// <param name="address">Address for gRPC.</param>
    public Entrance(Uri address)
    {
        Address = address;
        channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            HttpHandler = new SentOnce(new SocketsHttpHandler { EnableMultipleHttp2Connections = true }),
            DisposeHttpClient = true,
        });
    }

    public Uri Address { get; }

    public Task<Outcome> CallAsync(Rpc rpc, string? token, params byte[][] messages) =>
        CallAsync(rpc.Path, token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } }, messages);

    /// <summary>Opens a stream and stays in it until it is ended.</summary>
    /// <param name="rpc">The RPC.</param>
    /// <param name="token">The access token.</param>
    /// <param name="message">What is sent; null for nothing, and not to end sending either.</param>
    public Task<Outcome> StayAsync(Rpc rpc, string token, byte[]? message) =>
        PatientlyAsync(async () =>
        {
            using var call = Open(rpc.Path, new Metadata { { "authorization", $"Bearer {token}" } });
            if (message is not null)
            {
                await SendAsync(call.RequestStream, [message]);
            }

            return await ReadAsync(call, _ => false);
        });

    /// <summary>Makes a call of any shape: on the wire, all shapes are a duplex stream.</summary>
    /// <param name="path">Path of the RPC.</param>
    /// <param name="headers">Headers of the call.</param>
    /// <param name="messages">What is sent.</param>
    /// <returns>How it ended. A feed that goes on is left after what it had to tell.</returns>
    public Task<Outcome> CallAsync(string path, Metadata headers, params byte[][] messages) =>
        PatientlyAsync(() => TryAsync(path, headers, messages));

    private static async Task<Outcome> PatientlyAsync(Func<Task<Outcome>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await call();
            // A server that has ended many calls before their senders were done takes no more of them for a moment, or breaks the connection,
            // as it does when what still was on its way comes after the sender has given up.
            if (attempt == MostAttempts || outcome.Reason.Length > 0 || !(outcome.Detail == Broke || PassingCodes.Any(code => outcome.Detail.Contains(code, StringComparison.Ordinal))))
            {
                return outcome;
            }

            await Task.Delay(100);
        }
    }

    private async Task<Outcome> TryAsync(string path, Metadata headers, byte[][] messages)
    {
        using var call = Open(path, headers);
        var sending = SendAsync(call.RequestStream, messages);
        var reading = ReadAsync(call, change => path.EndsWith("/WatchRecords", StringComparison.Ordinal) && HasCaughtUp(change));
        if (await Task.WhenAny(sending, reading) == sending && !await sending)
        {
            // An earlier attack may have brought the connection down. Unless the answer was on its way, nobody will give one.
            await Task.WhenAny(reading, Task.Delay(OnItsWay));
            call.Dispose();
        }

        var outcome = await reading;
        if (outcome.Code == StatusCode.OK)
        {
            // Whoever answers OK has taken everything, or what there was before the connection broke, which the sender then knows.
            await Task.WhenAny(sending, Task.Delay(SoonKnown));
        }

        // What is not sent yet ends with the call.
        return sending is { IsCompletedSuccessfully: true, Result: false } && outcome.Reason.Length == 0 ? outcome with { Code = StatusCode.Unavailable, Detail = Broke } : outcome;
    }

    private static async Task<Outcome> ReadAsync(AsyncDuplexStreamingCall<byte[], byte[]> call, Func<byte[], bool> isEnough)
    {
        var answers = new List<byte[]>();
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                answers.Add(call.ResponseStream.Current);
                if (isEnough(answers[^1]))
                {
                    return new(StatusCode.OK, "", await call.ResponseHeadersAsync, [], answers);
                }
            }

            return new(StatusCode.OK, "", await call.ResponseHeadersAsync, call.GetTrailers(), answers);
        }
        catch (RpcException e)
        {
            return new(e.StatusCode, e.Status.Detail, await HeadersAsync(call), e.Trailers, answers);
        }
    }

    private AsyncDuplexStreamingCall<byte[], byte[]> Open(string path, Metadata headers)
    {
        var parts = path.Split('/', 3);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], Bytes, Bytes);
        return channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(headers, DateTime.UtcNow + Patience));
    }

    public void Dispose() => channel.Dispose();

    // Field 3 of every change: `caught_up`.
    private static bool HasCaughtUp(byte[] change) => change.AsSpan().EndsWith((ReadOnlySpan<byte>)[0x18, 0x01]);

    /// <returns>Whether the connection held.</returns>
    private static async Task<bool> SendAsync(IClientStreamWriter<byte[]> stream, byte[][] messages)
    {
        try
        {
            foreach (var message in messages)
            {
                await stream.WriteAsync(message);
            }

            await stream.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException)
        {
            return false;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // The other side may end the call before it has taken everything; who reads has the status.
        }

        return true;
    }

    private static async Task<Metadata> HeadersAsync(AsyncDuplexStreamingCall<byte[], byte[]> call)
    {
        try
        {
            return await call.ResponseHeadersAsync;
        }
        catch (RpcException)
        {
            // There were none.
            return [];
        }
    }
}
