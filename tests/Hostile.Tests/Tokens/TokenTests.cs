using System.Text.Json.Nodes;
using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Tokens;

/// <summary>Tokens that Identity did not make, made long ago, or would not make, at every service, through the gateway and past it.</summary>
[Collection(Attacked.Name)]
public sealed class TokenTests(HostilePlatform platform)
{
    public static TheoryData<string, bool> Entrances()
    {
        var data = new TheoryData<string, bool>();
        foreach (var rpc in Rpc.All.GroupBy(rpc => (rpc.Service, rpc.Method.IsServerStreaming)).Select(alike => alike.First()))
        {
            data.Add(rpc.Path, false);
            data.Add(rpc.Path, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Entrances))]
    public async Task No_forged_token_is_accepted_or_told_why(string path, bool direct)
    {
        var rpc = Rpc.Find(path);
        var entrance = platform.To(rpc, direct);
        var request = RequestMaker.Make(rpc, await platform.SubjectAsync("01")).First().ToByteArray();
        Assert.True((await entrance.CallAsync(rpc, platform.Tokens.Token(GoodClaims(rpc)), request)).LetIn);
        var without = await entrance.CallAsync(rpc, token: null, request);
        Assert.Equal((StatusCode.Unauthenticated, "TOKEN_NOT_ACCEPTED"), (without.Code, without.Reason));

        foreach (var (fault, token) in ForgedTokens.All(platform.Tokens, GoodClaims(rpc)))
        {
            var outcome = await entrance.CallAsync(rpc, token, request);

            // The same as without any token, to the last byte.
            Assert.True(without.ToString() == outcome.ToString(), $"A token {fault}: {outcome}");
            Assert.Equal(Told(without), Told(outcome));
        }
    }

    [Theory]
    [MemberData(nameof(Entrances))]
    public async Task A_token_in_another_place_does_not_count(string path, bool direct)
    {
        var rpc = Rpc.Find(path);
        var token = platform.Tokens.Token(GoodClaims(rpc));
        var request = RequestMaker.Make(rpc, await platform.SubjectAsync("01")).First().ToByteArray();
        foreach (var headers in (Metadata[])[
            new() { { "authorization", token } },
            new() { { "authorization", $"Basic {token}" } },
            new() { { "authorization", $"Bearer{token}" } },
            new() { { "authorization", "Bearer" } },
            new() { { "authorization", "Bearer " } },
            new() { { "access_token", token } },
            new() { { "x-forwarded-authorization", $"Bearer {token}" } },
            new() { { "cookie", $"authorization=Bearer {token}" } },
            new() { { "authorization", "Bearer x" }, { "authorization", $"Bearer {token}" } }])
        {
            var outcome = await platform.To(rpc, direct).CallAsync(rpc.Path, headers, request);

            Assert.Equal((StatusCode.Unauthenticated, "TOKEN_NOT_ACCEPTED"), (outcome.Code, outcome.Reason));
        }
    }

    [Theory]
    [MemberData(nameof(Entrances))]
    public async Task A_token_for_another_service_is_worth_nothing_past_the_gateway(string path, bool direct)
    {
        var rpc = Rpc.Find(path);
        var token = platform.Tokens.Token(claims =>
        {
            GoodClaims(rpc)(claims);
            claims["aud"] = new JsonArray([.. Rpc.Services.Where(service => service != rpc.Service).Select(service => JsonValue.Create(service))]);
        });

        var outcome = await platform.To(rpc, direct).CallAsync(
            rpc, token, RequestMaker.Make(rpc, await platform.SubjectAsync("01")).First().ToByteArray());

        Assert.Equal((StatusCode.Unauthenticated, "TOKEN_NOT_ACCEPTED"), (outcome.Code, outcome.Reason));
    }

    [Fact]
    public async Task The_token_that_Identity_gives_a_site_opens_what_is_confined_to_sites_and_nothing_else()
    {
        var token = await platform.Platform.TokenAsync("site-01");
        foreach (var (rpc, direct) in Rpc.All.SelectMany(rpc => ((Rpc, bool)[])[(rpc, false), (rpc, true)]))
        {
            var request = RequestMaker.Make(rpc, await platform.SubjectAsync("01")).First().ToByteArray();
            var outcome = (await platform.To(rpc, direct).CallAsync(rpc, token, request)).OfFirstRow(rpc);

            Assert.True(outcome.LetIn == rpc.Access!.ConfinedToSite, $"{rpc}: {outcome}");
            Assert.True(outcome.LetIn || outcome.Reason is "TOKEN_NOT_ACCEPTED" or "SCOPE_MISSING", $"{rpc}: {outcome}");
        }
    }

    [Fact]
    public async Task The_platform_is_unharmed_by_them() => await platform.Watch.UnharmedAsync();

    private static Action<JsonObject> GoodClaims(Rpc rpc) => claims =>
    {
        claims["aud"] = new JsonArray([.. Rpc.Services.Select(service => JsonValue.Create(service))]);
        claims["scope"] = new JsonArray(rpc.Access!.Scope);
        if (!rpc.Access.ConfinedToSite)
        {
            claims.Remove("site");
        }
    };

    private static IEnumerable<string> Told(Outcome outcome) =>
        outcome.Headers.Concat(outcome.Trailers).Where(entry => entry.Key != "date").Select(entry => $"{entry.Key} {(entry.IsBinary ? Convert.ToHexString(entry.ValueBytes) : entry.Value)}");
}
