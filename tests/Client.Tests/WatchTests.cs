using Equecel.Client.Tests.Peer;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Tests;

public sealed class WatchTests : IAsyncLifetime
{
    private readonly List<string> resumeTokens = [];
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_cut_feed_goes_on_after_the_last_change()
    {
        platform.Enrolment.OnWatch = (request, changes, _) => SendAsync(request, changes, streamLength: 4);
        using var client = platform.NewClient();

        var tokens = await client.WatchEnrolmentAsync("2").Take(9).Select(change => change.ResumeToken).ToListAsync();

        Assert.Equal(["3", "4", "5", "6", "7", "8", "9", "10", "11"], tokens);
        Assert.Equal(["2", "6", "10"], resumeTokens);
    }

    [Fact]
    public async Task A_feed_of_some_kinds_is_of_them_after_a_cut_as_well()
    {
        var kinds = new List<string>();
        platform.Enrolment.OnWatch = async (request, changes, _) =>
        {
            kinds.AddRange(request.Kinds);
            await SendAsync(request, changes, streamLength: 1);
        };
        using var client = platform.NewClient();

        await client.WatchEnrolmentAsync("2", kinds: ["infusion", "freeze"]).Take(2).ToListAsync();

        Assert.Equal(["infusion", "freeze", "infusion", "freeze"], kinds);
    }

    [Fact]
    public async Task A_feed_until_caught_up_ends()
    {
        platform.Enrolment.OnWatch = async (request, changes, _) =>
        {
            await changes.WriteAsync(new() { ResumeToken = "1", CaughtUp = true });
            Assert.True(request.UntilCaughtUp);
        };
        using var client = platform.NewClient();

        var change = Assert.Single(await client.WatchEnrolmentAsync(untilCaughtUp: true).ToListAsync());

        Assert.True(change.CaughtUp);
    }

    [Fact]
    public async Task A_feed_that_is_silent_through_the_lives_of_many_tokens_goes_on()
    {
        var clock = new ManualClock();
        platform.Enrolment.OnWatch = async (request, changes, _) =>
        {
            resumeTokens.Add(request.ResumeToken);
            if (resumeTokens.Count < 5)
            {
                // Its token's life, in which nothing happened.
                clock.Now += TimeSpan.FromMinutes(10);
                throw new RpcException(new Status(StatusCode.Unauthenticated, "The token has expired."));
            }

            await changes.WriteAsync(new() { ResumeToken = "8" });
        };
        using var client = platform.NewClient(clock);

        var change = await client.WatchEnrolmentAsync("7").FirstAsync();

        Assert.Equal("8", change.ResumeToken);
        Assert.Equal(["7", "7", "7", "7", "7"], resumeTokens);
    }

    [Fact]
    public async Task A_feed_whose_new_token_is_refused_at_once_ends()
    {
        platform.Enrolment.OnWatch = (request, _, _) =>
        {
            resumeTokens.Add(request.ResumeToken);
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The token is not accepted."));
        };
        using var client = platform.NewClient();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.WatchEnrolmentAsync("7").ToListAsync());

        Assert.Equal((StatusCode.Unauthenticated, 2), (failure.StatusCode, resumeTokens.Count));
    }

    [Fact]
    public async Task A_feed_that_is_refused_is_not_tried_again()
    {
        platform.Enrolment.OnWatch = (request, _, _) =>
        {
            resumeTokens.Add(request.ResumeToken);
            throw new RpcException(new Status(StatusCode.InvalidArgument, "No such token."));
        };
        using var client = platform.NewClient();

        await Assert.ThrowsAsync<RpcException>(async () => await client.WatchEnrolmentAsync("x").ToListAsync());

        Assert.Single(resumeTokens);
    }

    private async Task SendAsync(WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> changes, int streamLength)
    {
        resumeTokens.Add(request.ResumeToken);
        var from = int.Parse(request.ResumeToken, System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 1; i <= streamLength; i++)
        {
            await changes.WriteAsync(new() { ResumeToken = $"{from + i}", Record = new() });
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "Stopping."));
    }
}
