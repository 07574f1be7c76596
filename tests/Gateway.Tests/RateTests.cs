using System.Net;
using Grpc.Core;

namespace Equecel.Gateway.Tests;

public sealed class RateTests
{
    [Fact]
    public async Task A_client_that_calls_too_often_is_told_when_to_come_back_and_others_are_not_affected()
    {
        var gateway = await RunningGateway.StartAsync(("Gateway__CallsPerSecond", "2"));
        var statuses = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => CallAsync(gateway, gateway.AsSite())));
        var refused = statuses.OfType<RpcException>().ToList();
        var other = await CallAsync(gateway, RunningGateway.With(gateway.Issuer.Token(claims => claims["client_id"] = "site-02")));
        var otherSite = await CallAsync(gateway, RunningGateway.With(gateway.Issuer.Token(claims => claims["site"] = "02")));
        await gateway.DisposeAsync();

        Assert.NotEmpty(refused);
        Assert.Contains(null, statuses);
        Assert.Null(other);
        Assert.Null(otherSite);
        Assert.All(refused, error =>
        {
            Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
            Assert.Equal("RATE_LIMITED", RunningGateway.DetailsOf(error).Info!.Reason);
            Assert.NotNull(RunningGateway.DetailsOf(error).Retry);
            Assert.True(int.Parse(error.Trailers.GetValue("grpc-retry-pushback-ms")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        });
    }

    [Fact]
    public async Task Forging_tokens_is_slow()
    {
        var gateway = await RunningGateway.StartAsync(("Gateway__RefusalsPerSecond", "1"));
        var forged = RunningGateway.With(gateway.Issuer.Token(sign: (_, _) => new byte[256]));
        var refusals = new List<RpcException>();
        // Faster than one a second, on whatever machine.
        while (refusals.Count < 500 && refusals.LastOrDefault()?.StatusCode != StatusCode.ResourceExhausted)
        {
            refusals.Add((await CallAsync(gateway, forged))!);
        }

        await gateway.DisposeAsync();

        Assert.Equal(StatusCode.Unauthenticated, refusals[0].StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, refusals[^1].StatusCode);
        Assert.NotNull(refusals[^1].Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    [Fact]
    public async Task Guessing_secrets_is_slow()
    {
        var gateway = await RunningGateway.StartAsync(("Gateway__TokenRequestsPerSecond", "1"));
        var answers = new List<HttpResponseMessage>();
        for (var guess = 0; guess < 30; guess++)
        {
            answers.Add(await gateway.Web.PostAsync(new Uri("/connect/token", UriKind.Relative), new StringContent("")));
        }

        await gateway.DisposeAsync();

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1)));
    }

    private static async Task<RpcException?> CallAsync(RunningGateway gateway, CallOptions options)
    {
        try
        {
            await gateway.AskAsync("hello", options);
            return null;
        }
        catch (RpcException e)
        {
            return e;
        }
    }
}
