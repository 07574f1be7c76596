using System.Net;
using System.Net.Sockets;
using System.Text;
using Equecel.Testing;
using Grpc.Core;

namespace Equecel.Gateway.Tests;

public sealed class OutageTests
{
    [Theory]
    [InlineData("1+")]
    [InlineData("1½+")]
    public async Task A_feed_whose_service_is_lost_ends_as_unavailable_and_calls_work_again_when_it_is_back(string asked)
    {
        var gateway = await RunningGateway.StartAsync();
        using var feed = await WatchAsync(gateway, asked);

        await gateway.Backend.BreakAsync();
        var lost = await Assert.ThrowsAsync<RpcException>(() => feed.ResponseStream.MoveNext());
        var down = await Assert.ThrowsAsync<RpcException>(() => gateway.AskAsync("hello"));
        await gateway.Backend.StartAsync();
        var back = await gateway.AskAsync("hello");
        await gateway.DisposeAsync();

        Assert.Equal(StatusCode.Unavailable, lost.StatusCode);
        Assert.Equal("DEPENDENCY_DOWN", RunningGateway.DetailsOf(lost).Info!.Reason);
        Assert.Equal("1000", lost.Trailers.GetValue("grpc-retry-pushback-ms"));
        Assert.Equal(StatusCode.Unavailable, down.StatusCode);
        Assert.Equal("hello", back);
    }

    [Fact]
    public async Task A_gateway_that_stops_is_not_ready_takes_calls_still_and_then_ends_its_feeds_as_unavailable_and_leaves()
    {
        var gateway = await RunningGateway.StartAsync(("Drain__Pause", "00:00:06"));
        using var feed = await WatchAsync(gateway);
        using var import = gateway.Calls.AsyncDuplexStreamingCall(Backend.ImportRecords, null, gateway.AsSite());
        await import.RequestStream.WriteAsync([1]);
        Assert.True(await import.ResponseStream.MoveNext());

        var stopping = gateway.Process.StopAsync();
        await Eventually.GetAsync(
            async () =>
            {
                using var health = await gateway.Web.GetAsync(new Uri("/health", UriKind.Relative));
                return health.StatusCode;
            },
            status => status == HttpStatusCode.ServiceUnavailable);
        var late = await gateway.AskAsync("hello");
        var feedEnd = await Assert.ThrowsAsync<RpcException>(() => feed.ResponseStream.MoveNext());
        var importEnd = await Assert.ThrowsAsync<RpcException>(() => import.ResponseStream.MoveNext());
        await stopping;
        await gateway.DisposeAsync();

        Assert.Equal("hello", late);
        Assert.Equal(StatusCode.Unavailable, feedEnd.StatusCode);
        Assert.Equal(StatusCode.Unavailable, importEnd.StatusCode);
    }

    [Fact]
    public async Task Without_keys_from_Identity_a_call_is_unavailable_and_not_refused()
    {
        var gateway = await RunningGateway.StartAsync();
        await gateway.Issuer.StopAsync();

        var early = await Assert.ThrowsAsync<RpcException>(() => gateway.AskAsync("hello"));
        await gateway.Issuer.StartAsync();
        var late = await gateway.AskAsync("hello");
        await gateway.DisposeAsync();

        Assert.Equal(StatusCode.Unavailable, early.StatusCode);
        Assert.Equal("hello", late);
    }

    [Fact]
    public async Task A_call_whose_connection_breaks_while_it_is_sent_is_unavailable_and_no_defect()
    {
        var gateway = await RunningGateway.StartAsync();
        await gateway.Backend.BreakAsync();
        using var listener = new TcpListener(IPAddress.Loopback, new Uri(gateway.Backend.Address).Port);
        listener.Start();
        var resetting = ResetAllAsync(listener);

        // Where exactly it breaks is a matter of luck.
        var failures = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Assert.ThrowsAsync<RpcException>(() => WatchAsync(gateway))));
        listener.Stop();
        await resetting;
        await gateway.Backend.StartAsync();
        await gateway.DisposeAsync();

        Assert.All(failures, failure => Assert.Equal(StatusCode.Unavailable, failure.StatusCode));
    }

    private static async Task ResetAllAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync();
                await Task.Delay(5);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It listens no more.
        }
    }

    private static async Task<AsyncServerStreamingCall<byte[]>> WatchAsync(RunningGateway gateway, string asked = "1+")
    {
        var feed = gateway.Calls.AsyncServerStreamingCall(Backend.WatchRecords, null, gateway.AsSite(), Encoding.UTF8.GetBytes(asked));
        Assert.True(await feed.ResponseStream.MoveNext());
        return feed;
    }
}
