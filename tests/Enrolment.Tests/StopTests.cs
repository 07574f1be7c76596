using Equecel.Records.V1;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Enrolment.Tests;

/// <summary>A service that is asked to stop fails no call: it says so first, goes on for a while, and then tells callers to come again.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private readonly EnrolmentHost enrolment = new();

    public Task InitializeAsync() => enrolment.InitializeAsync();

    public Task DisposeAsync() => enrolment.DisposeAsync();

    [Fact]
    public async Task It_is_not_ready_first_and_saves_still_and_then_ends_its_feeds_with_when_to_come_again()
    {
        using var feed = enrolment.Site01.WatchRecords(new WatchRecordsRequest());
        while (await feed.ResponseStream.MoveNext(CancellationToken.None) && !feed.ResponseStream.Current.CaughtUp)
        {
            // Everything so far.
        }

        using var import = enrolment.Site01.ImportRecords();
        await import.RequestStream.WriteAsync(new V1.ImportRecordsRequest { Row = Form.Submit(EnrolmentHost.NewParticipant(), Form.Participation()) });
        Assert.True(await import.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(ImportOutcome.Saved, import.ResponseStream.Current.Outcome);

        // Read on as a sender does: .NET drops the status of a stream that nobody reads when the connection closes after it.
        var importEnded = Problem.OfAsync(() => import.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(200, await enrolment.HealthAsync());
        var stopped = enrolment.StopAsync();
        await Eventually.GetAsync(enrolment.HealthAsync, status => status == 503);
        var participant = await enrolment.EnrolAsync();

        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await feed.ResponseStream.MoveNext(CancellationToken.None))
            {
                // What was saved meanwhile is told still.
            }
        });
        var problem = Problem.Of(ended);
        Assert.Equal(("Unavailable DEPENDENCY_DOWN", "1000"), (problem.Why, problem.Trailers.GetValue("grpc-retry-pushback-ms")));
        Assert.Equal(1, problem.Detail<RetryInfo>().RetryDelay.Seconds);
        Assert.Contains("stopping", problem.Details.Message, StringComparison.Ordinal);

        Assert.Equal("Unavailable DEPENDENCY_DOWN", (await importEnded).Why);

        await stopped;
        Assert.Null(await enrolment.HealthAsync());
        Assert.Equal(1L, await enrolment.AskAsync<long>($"select count(*) from journal where participant = '{participant}' and kind = 'participation'"));
    }
}
