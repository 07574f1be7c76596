using Equecel.Client.Tests.Peer;
using Equecel.Enrolment.V1;
using Grpc.Core;

namespace Equecel.Client.Tests;

public sealed class TokenTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Calls_that_come_together_wait_for_one_token()
    {
        using var client = platform.NewClient();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => client.Enrolment.SubmitRecordAsync(new()).ResponseAsync));

        Assert.Equal(1, platform.TokenCount);
        Assert.All(platform.TokensSeen, token => Assert.Equal("Bearer token-1", token));
    }

    [Fact]
    public async Task A_token_is_renewed_shortly_before_it_expires()
    {
        var clock = new ManualClock();
        using var client = platform.NewClient(clock);

        await client.Enrolment.SubmitRecordAsync(new());
        clock.Now += TimeSpan.FromSeconds(539);
        await client.Enrolment.SubmitRecordAsync(new());
        clock.Now += TimeSpan.FromSeconds(2);
        await client.Enrolment.SubmitRecordAsync(new());

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2"], platform.TokensSeen);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once_for_all_who_held_it()
    {
        using var client = platform.NewClient();
        await client.Enrolment.SubmitRecordAsync(new());
        platform.RefusedTokens["Bearer token-1"] = true;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.Enrolment.SubmitRecordAsync(new()).ResponseAsync));

        Assert.Equal(2, platform.TokenCount);
    }

    [Fact]
    public async Task A_token_that_came_while_its_stream_ran_is_replaced_when_it_is_refused_later()
    {
        var clock = new ManualClock();
        platform.Enrolment.OnWatch = (_, _, _) =>
        {
            clock.Now += TimeSpan.FromSeconds(60);
            platform.RefusedTokens["Bearer token-1"] = true;
            platform.Enrolment.OnWatch = (_, _, _) => Task.CompletedTask;
            throw new RpcException(new Status(StatusCode.Unauthenticated, "Revoked."));
        };
        using var client = platform.NewClient(clock);

        Assert.Empty(await client.WatchEnrolmentAsync(untilCaughtUp: true).ToListAsync());

        Assert.Equal(["Bearer token-1", "Bearer token-2"], platform.TokensSeen);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_too_is_not_replaced_again()
    {
        using var client = platform.NewClient();
        foreach (var number in Enumerable.Range(1, 9))
        {
            platform.RefusedTokens[$"Bearer token-{number}"] = true;
        }

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));

        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
        Assert.InRange(platform.TokenCount, 1, 2);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_as_such_and_not_tried_again()
    {
        platform.Secret = "another";
        using var client = platform.NewClient();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));

        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
        Assert.Contains("refuses the client 'site-01' (invalid_client)", failure.Status.Detail, StringComparison.Ordinal);
        Assert.Single(platform.TokenRequests);
    }

    [Fact]
    public async Task A_token_address_where_nobody_listens_is_named()
    {
        using var client = new EquecelClient(new EquecelClientOptions
        {
            GatewayAddress = platform.GatewayAddress,
            TokenAddress = new Uri("http://127.0.0.1:1"),
            ClientId = "site-01",
            ClientSecret = "secret",
            MaxAttempts = 1,
        });

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Contains("http://127.0.0.1:1/connect/token does not answer", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scopes_asked_for_are_sent()
    {
        using var client = new EquecelClient(new EquecelClientOptions
        {
            GatewayAddress = platform.GatewayAddress,
            TokenAddress = platform.TokenAddress,
            ClientId = "study-team",
            ClientSecret = "secret",
            Scopes = ["equecel.capture", "equecel.study"],
        });

        await client.Enrolment.SubmitRecordAsync(new SubmitRecordRequest());

        Assert.Equal("equecel.capture equecel.study", Assert.Single(platform.TokenRequests)["scope"].ToString());
    }
}
