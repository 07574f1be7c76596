using Google.Rpc;
using Grpc.Core;

namespace Equecel.Interop.Tests;

/// <summary>What every client sees of a server on Grpc.AspNetCore.</summary>
public abstract class CallTests(InteropServer server, ICaller caller) : IClassFixture<InteropServer>
{
    [Fact]
    public async Task A_unary_call_is_answered_once()
    {
        var outcome = await CallAsync(new EchoCall("Echo", "消息"));

        Assert.Equal((int)StatusCode.OK, outcome.Status);
        Assert.Equal(["消息"], outcome.Answers);
    }

    [Fact]
    public async Task A_client_stream_is_answered_when_it_ends()
    {
        var outcome = await CallAsync(new EchoCall("Join", "a", "b", "c"));

        Assert.Equal(["a b c"], outcome.Answers);
    }

    [Fact]
    public async Task A_server_stream_brings_every_answer_in_order()
    {
        var outcome = await CallAsync(new EchoCall("Repeat", "again") { Times = 1000 });

        Assert.Equal((int)StatusCode.OK, outcome.Status);
        Assert.Equal(Enumerable.Repeat("again", 1000), outcome.Answers);
    }

    [Fact]
    public async Task A_duplex_stream_answers_each_request_before_the_next_is_sent()
    {
        var outcome = await CallAsync(new EchoCall("Converse", "a", "b", "c"));

        Assert.Equal((int)StatusCode.OK, outcome.Status);
        Assert.Equal(["a", "b", "c"], outcome.Answers);
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Join")]
    [InlineData("Repeat")]
    [InlineData("Converse")]
    public async Task A_deadline_ends_the_call_on_both_sides(string method)
    {
        // A deadline can pass before a busy server has begun the call; then a longer one is tried.
        string text;
        var milliseconds = 150;
        do
        {
            text = Guid.NewGuid().ToString();
            milliseconds *= 2;
            var outcome = await CallAsync(new EchoCall(method, text) { Behaviour = "BEHAVIOUR_HANG", DeadlineMilliseconds = milliseconds });
            Assert.Equal((int)StatusCode.DeadlineExceeded, outcome.Status);
        }
        while (!server.Seen.HasBegun(text) && milliseconds < 30_000);

        Assert.True(server.Seen.HasBegun(text));
        Assert.True(await server.Seen.CancelledAsync(text));
    }

    [Fact]
    public async Task A_cancelled_call_ends_on_both_sides()
    {
        var text = Guid.NewGuid().ToString();

        var outcome = await CallAsync(new EchoCall("Repeat", text) { Times = 3, Behaviour = "BEHAVIOUR_HANG", CancelAfter = 3 });

        Assert.Equal((int)StatusCode.Cancelled, outcome.Status);
        Assert.Equal([text, text, text], outcome.Answers);
        Assert.False(await server.Seen.CancelledAsync(text));
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Join")]
    [InlineData("Repeat")]
    [InlineData("Converse")]
    public async Task Metadata_travels_out_as_header_and_comes_back_as_header_and_trailer(string method)
    {
        var outcome = await CallAsync(new EchoCall(method, "a") { Times = 1, Header = "text value", BinaryHeader = "AAECAwT//g==" });

        Assert.Equal("text value", outcome.Header);
        Assert.Equal("AAECAwT//g==", outcome.BinaryTrailer);
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Join")]
    [InlineData("Repeat")]
    [InlineData("Converse")]
    public async Task Interceptors_run_on_both_sides(string method)
    {
        var outcome = await CallAsync(new EchoCall(method, "a") { Times = 1 });

        Assert.Equal($"{caller.Name} server", outcome.Interceptors);
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Join")]
    [InlineData("Repeat")]
    [InlineData("Converse")]
    public async Task Gzip_travels_both_ways(string method)
    {
        var call = new EchoCall(method, new string('a', 50_000)) { Times = 1, Gzip = true };

        var outcome = await CallAsync(call);

        Assert.Equal(call.Texts, outcome.Answers);
        Assert.Equal(("gzip", "gzip"), await server.Seen.EncodingAsync(call.Id));
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Join")]
    [InlineData("Repeat")]
    [InlineData("Converse")]
    public async Task A_failure_brings_its_code_its_message_and_its_details(string method)
    {
        var outcome = await CallAsync(new EchoCall(method, "a") { Behaviour = "BEHAVIOUR_FAIL" });

        var status = Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(outcome.StatusDetails!));
        Assert.Equal((int)StatusCode.InvalidArgument, outcome.Status);
        Assert.Equal("No such text: 没有", outcome.Detail);
        Assert.Equal("NO_SUCH_TEXT", status.GetDetail<ErrorInfo>().Reason);
        Assert.Equal("text", Assert.Single(status.GetDetail<BadRequest>().FieldViolations).Field);
    }

    [Theory]
    [InlineData("up", "SERVING")]
    [InlineData("down", "NOT_SERVING")]
    public async Task Health_is_told(string service, string expected) =>
        Assert.Equal(expected, await caller.CheckHealthAsync(server.Address, service));

    private Task<Outcome> CallAsync(EchoCall wanted) => caller.CallAsync(server.Address, wanted);
}
