using System.Text;
using Grpc.Core;

namespace Equecel.Gateway.Tests;

/// <summary>What a call carries arrives, in both directions and in every shape.</summary>
public sealed class CallShapeTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task One_message_to_one() => Assert.Equal("hello", await gateway.AskAsync("hello"));

    [Fact]
    public async Task Many_messages_to_one()
    {
        using var call = gateway.Calls.AsyncClientStreamingCall(Backend.CountRecords, null, gateway.AsSite());
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new byte[i]);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("100 4950", Encoding.UTF8.GetString(await call));
    }

    [Fact]
    public async Task One_message_to_many()
    {
        using var call = gateway.Calls.AsyncServerStreamingCall(Backend.WatchRecords, null, gateway.AsSite(), "1000"u8.ToArray());

        var received = await call.ResponseStream.ReadAllAsync().Select(message => Encoding.UTF8.GetString(message)).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), received);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Many_messages_to_many_each_answered_before_the_next()
    {
        using var call = gateway.Calls.AsyncDuplexStreamingCall(Backend.ImportRecords, null, gateway.AsSite());
        for (var size = 0; size < 50; size++)
        {
            await call.RequestStream.WriteAsync(new byte[size]);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal($"{size}", Encoding.UTF8.GetString(call.ResponseStream.Current));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Three_hundred_calls_at_once() =>
        Assert.Equal(300, (await Task.WhenAll(Enumerable.Range(0, 300).Select(i => gateway.AskAsync($"{i}")))).Distinct().Count());

    [Fact]
    public async Task An_import_far_larger_than_a_single_message_may_be()
    {
        var row = new byte[64 * 1024];
        using var call = gateway.Calls.AsyncDuplexStreamingCall(Backend.ImportRecords, null, gateway.AsSite());
        var verdicts = call.ResponseStream.ReadAllAsync().CountAsync();
        for (var sent = 0; sent < 40 * 1024 * 1024; sent += row.Length)
        {
            await call.RequestStream.WriteAsync(row);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(640, await verdicts);
    }

    [Fact]
    public async Task Metadata_and_trailers()
    {
        using var call = gateway.Calls.AsyncUnaryCall(
            Backend.GetRecord, null, gateway.AsSite(headers: ("x-request-note", "kept")), "headers"u8.ToArray());

        var seen = Encoding.UTF8.GetString(await call);

        Assert.Contains("x-request-note: kept", seen, StringComparison.Ordinal);
        Assert.Contains($"authorization: Bearer {gateway.Token}", seen, StringComparison.Ordinal);
        Assert.Equal("seen", call.GetTrailers().GetValue("x-trailer"));
        Assert.Equal([0, 255], call.GetTrailers().GetValueBytes("x-trailer-bin")!);
    }

    [Fact]
    public async Task An_error_of_the_service_with_its_text_and_trailers()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => gateway.AskAsync("fail"));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal("Not enrolled: 参与者", error.Status.Detail);
        Assert.Equal("because", error.Trailers.GetValue("x-why"));
    }

    [Fact]
    public async Task Compressed_messages()
    {
        var text = new string('x', 100_000);

        Assert.Equal(text, await gateway.AskAsync(text, gateway.AsSite(headers: ("grpc-internal-encoding-request", "gzip"))));
    }

    [Fact]
    public async Task A_deadline_ends_the_call_on_both_sides()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => gateway.AskAsync("deadline", gateway.AsSite(DateTime.UtcNow.AddSeconds(1))));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.Contains("deadline", gateway.Backend.CutOff.GetConsumingEnumerable());
    }

    [Fact]
    public async Task A_caller_that_leaves_is_noticed_by_the_service()
    {
        using var leaving = new CancellationTokenSource();
        using var call = gateway.Calls.AsyncServerStreamingCall(Backend.WatchRecords, null, gateway.AsSite(cancellation: leaving.Token), "3+"u8.ToArray());
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await call.ResponseStream.MoveNext());
        }

        await leaving.CancelAsync();

        Assert.Contains("3+", gateway.Backend.CutOff.GetConsumingEnumerable());
    }
}
