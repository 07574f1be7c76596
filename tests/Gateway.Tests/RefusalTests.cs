using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Equecel.Testing;
using Grpc.Core;

namespace Equecel.Gateway.Tests;

/// <summary>What does not get through, and how the caller is told.</summary>
public sealed partial class RefusalTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    public static TheoryData<string, Action<JsonObject>?> BadTokens => new()
    {
        { "none", null },
        { "expired", Expire },
        { "of another issuer", claims => claims["iss"] = "https://elsewhere.example" },
        { "for another platform", claims => claims["aud"] = "something" },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_call_without_a_good_token(string kind, Action<JsonObject>? change)
    {
        var options = change is null ? new CallOptions() : RunningGateway.With(gateway.Issuer.Token(change));

        var error = await Assert.ThrowsAsync<RpcException>(() => gateway.AskAsync("hello", options));

        Assert.True(error.StatusCode == StatusCode.Unauthenticated, kind);
        Assert.Equal(("equecel", "TOKEN_NOT_ACCEPTED"), (RunningGateway.DetailsOf(error).Info!.Domain, RunningGateway.DetailsOf(error).Info!.Reason));
        Assert.Contains("Bearer …", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_refused_is_in_the_log_and_a_storm_of_them_as_a_number()
    {
        var own = await RunningGateway.StartAsync();
        var forged = own.Issuer.Token(claims => claims["client_id"] = "site-77\nfail: forged", sign: (_, _) => new byte[256]);
        foreach (var options in new[] { RunningGateway.With(forged), RunningGateway.With(own.Issuer.Token(Expire)), new CallOptions() })
        {
            await Assert.ThrowsAsync<RpcException>(() => own.AskAsync("hello", options));
        }

        var lines = await Eventually.GetAsync(() => Task.FromResult(Refused(own)), lines => lines.Count == 3);
        Assert.Matches(@"Refused /equecel\.enrolment\.v1\.EnrolmentService/GetRecord from 127\.0\.0\.1: SecurityToken\w+, client as claimed site-77\?fail:\?forged$", lines[0]);
        Assert.Matches("Refused .* from 127\\.0\\.0\\.1: SecurityToken\\w+, client as claimed site-01$", lines[1]);
        Assert.Matches("Refused .* from 127\\.0\\.0\\.1: no token, client as claimed -$", lines[2]);

        for (var i = 0; i < 100; i++)
        {
            await Assert.ThrowsAsync<RpcException>(() => own.AskAsync("hello", RunningGateway.With(forged)));
        }

        await Eventually.TrueAsync(() => Refused(own).Count + MoreRefused(own) == 103);
        Assert.True(MoreRefused(own) > 0);
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_without_a_token()
    {
        using var call = gateway.Calls.AsyncDuplexStreamingCall(Backend.ImportRecords, null, new CallOptions());

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task A_feed_whose_token_expires()
    {
        var token = gateway.Issuer.Token(claims => claims["exp"] = (long)claims["nbf"]! + 3);
        using var feed = gateway.Calls.AsyncServerStreamingCall(Backend.WatchRecords, null, RunningGateway.With(token), "1+"u8.ToArray());
        Assert.True(await feed.ResponseStream.MoveNext());

        var error = await Assert.ThrowsAsync<RpcException>(() => feed.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        Assert.Equal("TOKEN_NOT_ACCEPTED", RunningGateway.DetailsOf(error).Info!.Reason);
    }

    [Theory]
    [InlineData(5_000_000)]
    [InlineData(400_000)]
    public async Task A_message_that_is_too_large(int size)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => gateway.AskAsync(new string('x', size)));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal("TOO_LARGE", RunningGateway.DetailsOf(error).Info!.Reason);
        Assert.Equal("262144 bytes", RunningGateway.DetailsOf(error).Info!.Metadata["limit"]);
        Assert.Equal("still here", await gateway.AskAsync("still here"));
    }

    [Fact]
    public async Task Many_messages_that_are_too_much_for_a_call_that_should_have_one()
    {
        using var call = gateway.Calls.AsyncClientStreamingCall(Backend.CountRecords, null, gateway.AsSite());
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
            {
                await call.RequestStream.WriteAsync(new byte[1_000]);
            }
        });

        // What stops a writer may be anything; the answer says why.
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal("TOO_LARGE", RunningGateway.DetailsOf(error).Info!.Reason);
    }

    [Theory]
    [InlineData("equecel.enrolment.v2.EnrolmentService", "GetRecord")]
    [InlineData("equecel.billing.v1.BillingService", "GetRecord")]
    [InlineData("grpc.health.v1.Health", "Check")]
    [InlineData("equecel.enrolment.v1.EnrolmentService", "DropRecords")]
    public async Task A_call_that_no_contract_has(string service, string method)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Calls.AsyncUnaryCall(Backend.Of(MethodType.Unary, method, service), null, gateway.AsSite(), []));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task A_call_to_a_service_that_is_down()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Calls.AsyncUnaryCall(
            Backend.Of(MethodType.Unary, "GetSurvivalCurve", "equecel.analytics.v1.AnalyticsService"), null, gateway.AsSite(), []));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal("DEPENDENCY_DOWN", RunningGateway.DetailsOf(error).Info!.Reason);
        Assert.Equal(1, RunningGateway.DetailsOf(error).Retry!.RetryDelay.Seconds);
        Assert.Equal("1000", error.Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    [Fact]
    public async Task Headers_that_pass_for_someone_else()
    {
        var seen = await gateway.AskAsync("headers", gateway.AsSite(headers:
        [
            ("x-forwarded-for", "10.0.0.1"), ("X-Forwarded-Proto", "https"), ("forwarded", "for=10.0.0.1"), ("x-original-host", "a"),
            ("x-equecel-site", "forged"), ("x-site", "forged"), ("x-user", "forged"), ("x-real-ip", "10.0.0.1"), ("x-request-note", "kept"),
        ]));

        Assert.Contains("x-request-note", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.1", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("x-forwarded", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("x-original", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_gets_plain_HTTP()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Web.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Web.GetAsync(new Uri("/alive", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await gateway.Web.GetAsync(new Uri("/connect/token", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task The_token_endpoint_is_reached_with_the_callers_host_and_scheme_and_small_forms_only()
    {
        using var good = await gateway.Web.PostAsync(new Uri("/connect/token", UriKind.Relative), new StringContent("grant_type=client_credentials"));
        using var large = await gateway.Web.PostAsync(new Uri("/connect/token", UriKind.Relative), new StringContent(new string('x', 20_000)));

        Assert.Equal($"http {gateway.Web.BaseAddress!.Authority} http", await good.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains(gateway.Issuer.Authority, await gateway.Web.GetStringAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static void Expire(JsonObject claims) => (claims["nbf"], claims["exp"]) = ((long)claims["nbf"]! - 700, (long)claims["exp"]! - 700);

    private static List<string> Refused(RunningGateway gateway) =>
        [.. gateway.Process.Log.Split('\n').Where(line => line.Contains("client as claimed", StringComparison.Ordinal))];

    private static int MoreRefused(RunningGateway gateway) =>
        MoreCalls().Matches(gateway.Process.Log).Sum(more => int.Parse(more.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("Refused ([0-9]+) more calls")]
    private static partial Regex MoreCalls();
}
