using System.IO.Pipelines;

namespace Equecel.ServiceDefaults.Tests;

public sealed class WatchedBodyTests
{
    private readonly Pipe pipe = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_breaks_off_is_known(bool whileWaiting)
    {
        var body = new WatchedBody(pipe.Reader);
        var read = whileWaiting ? body.ReadAsync() : default;
        await pipe.Writer.CompleteAsync(new IOException("The caller has left."));

        await Assert.ThrowsAsync<IOException>(async () => await (whileWaiting ? read : body.ReadAsync()));

        Assert.True(body.BrokeOff);
    }

    [Fact]
    public async Task A_body_that_ends_did_not_break_off()
    {
        var body = new WatchedBody(pipe.Reader);
        await pipe.Writer.WriteAsync(new byte[] { 1, 2, 3 });
        await pipe.Writer.CompleteAsync();

        var read = await body.ReadAsync();

        Assert.Equal((3, false), ((int)read.Buffer.Length, body.BrokeOff));
    }
}
