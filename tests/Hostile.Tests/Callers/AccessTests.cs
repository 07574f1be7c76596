using System.Text.Json.Nodes;
using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Callers;

/// <summary>Every RPC that a contract has, called with every scope and every way to name a site, through the gateway and past it.</summary>
[Collection(Attacked.Name)]
public sealed class AccessTests(HostilePlatform platform)
{
    private const string Own = "01";
    private const string Other = "02";
    private const string None = "none";

    private static readonly Dictionary<string, JsonNode?> NoSites = new()
    {
        ["an empty site"] = "",
        ["a blank site"] = " ",
        ["every site"] = "*",
        ["any site"] = "%",
        ["a null site"] = null,
        ["a site called null"] = "null",
        ["two sites"] = new JsonArray(Own, Other),
        ["two sites in a text"] = $"{Own},{Other}",
        ["a number"] = 1,
        ["an object"] = new JsonObject { ["code"] = Own },
        ["a site with a NUL"] = $"{Own}\0",
    };

    public static TheoryData<string, bool> Rpcs()
    {
        var data = new TheoryData<string, bool>();
        foreach (var rpc in Rpc.All)
        {
            data.Add(rpc.Path, false);
            data.Add(rpc.Path, true);
        }

        return data;
    }

    [Fact]
    public void Every_RPC_says_who_may_call_it() =>
        Assert.All(Rpc.All, rpc => Assert.False(string.IsNullOrWhiteSpace(rpc.Access?.Scope), $"{rpc} declares no scope."));

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_caller_gets_what_the_contract_gives_to_its_scope_and_site(string path, bool direct)
    {
        var rpc = Rpc.Find(path);
        var subject = await platform.SubjectAsync(Own);
        var request = RequestMaker.Make(rpc, subject).First().ToByteArray();
        var callers =
            from scope in Rpc.Scopes.Append("equecel.nonsense").Append("").Append("*")
            from site in (string[])[Own, None, .. NoSites.Keys]
            select (scope, site, token: platform.Token(scope, change: claims => SetSite(claims, site)));
        await AtOnce.EachAsync(callers.ToList(), async caller =>
        {
            var (scope, site, token) = caller;

            var outcome = (await platform.To(rpc, direct).CallAsync(rpc, token, request)).OfFirstRow(rpc);

            var expected = Expected(rpc, scope, site);
            Assert.True(expected == (outcome.LetIn ? "let in" : outcome.Reason), $"{scope} with {site} should be {expected}, and is: {outcome}");
            Assert.True(outcome.LetIn || rpc.TakesStream || outcome.Messages.Count == 0);
        });
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_site_gets_nothing_of_another(string path, bool direct)
    {
        var rpc = Rpc.Find(path);
        var (own, other) = (await platform.SubjectAsync(Own), await platform.SubjectAsync(Other));
        foreach (var request in RequestMaker.Make(rpc, own))
        {
            var outcome = (await platform.To(rpc, direct).CallAsync(rpc, platform.SiteToken(Other), request.ToByteArray())).OfFirstRow(rpc);

            var sent = request.ToString()!;
            Assert.All(own.Private(sent), text => Assert.DoesNotContain(text, outcome.Everything(), StringComparison.Ordinal));
            if (Names(request, own))
            {
                Assert.True(outcome.Code is StatusCode.PermissionDenied or StatusCode.NotFound, $"{outcome} for {sent}");
                Assert.Contains(outcome.Reason, (string[])["OTHER_SITE", "RECORD_NOT_FOUND", "SCOPE_MISSING"]);
            }
            else if (rpc.Access!.ConfinedToSite)
            {
                // It names nobody: a list or a feed, which the site gets its own of.
                Assert.Equal(StatusCode.OK, outcome.Code);
                Assert.Contains(other.Participant, outcome.Everything(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task What_is_not_ones_own_is_answered_like_what_is_not_there(string path, bool direct)
    {
        var rpc = Rpc.Find(path);
        var (own, other) = (await platform.SubjectAsync(Own), await platform.SubjectAsync(Other));
        var requests = RequestMaker.Make(rpc, own)
            // Another's record, as the caller's own participant.
            .Concat(rpc.TakesForms ? other.Samples.Where(sample => sample.Service == rpc.Service).Select(sample => Stolen(rpc, sample, own)) : [])
            .Where(request => Names(request, own));
        foreach (var request in requests)
        {
            var theirs = request.ToString()!;
            var nobodys = own.RecordIds.Aggregate(theirs, (text, id) => text.Replace(id, Guid.NewGuid().ToString(), StringComparison.Ordinal))
                .Replace(own.Participant, $"{Own}-9999", StringComparison.Ordinal);
            var absent = request.Descriptor.Parser.ParseJson(nobodys);

            var (first, second) = (await CallAsync(request), await CallAsync(absent));

            Assert.Equal(first.Code, second.Code);
            Assert.Equal(WithoutIds(first.Detail), WithoutIds(second.Detail));
            Assert.Equal(first.Reason, second.Reason);
            Assert.Equal(first.Trailers.Select(entry => entry.Key), second.Trailers.Select(entry => entry.Key));
        }

        async Task<Outcome> CallAsync(IMessage request) =>
            (await platform.To(rpc, direct).CallAsync(rpc, platform.SiteToken(Other), request.ToByteArray())).OfFirstRow(rpc);
    }

    private static string Expected(Rpc rpc, string scope, string site)
    {
        var access = rpc.Access!;
        var confined = scope == access.Scope && access.ConfinedToSite;
        return site switch
        {
            Own => confined ? "let in" : "SCOPE_MISSING",
            None when access.UnconfinedScopes.Contains(scope) || (scope == access.Scope && !access.ConfinedToSite) => "let in",
            None => confined ? "TOKEN_NOT_ACCEPTED" : "SCOPE_MISSING",
            _ => "TOKEN_NOT_ACCEPTED",
        };
    }

    private static void SetSite(JsonObject claims, string site)
    {
        if (site != None)
        {
            claims["site"] = NoSites.TryGetValue(site, out var value) ? value?.DeepClone() : site;
        }
    }

    private static bool Names(IMessage request, Subject subject)
    {
        var text = request.ToString()!;
        return text.Contains(subject.Participant, StringComparison.Ordinal)
            || text.Contains($"\"siteCode\": \"{subject.Site}\"", StringComparison.Ordinal)
            || subject.RecordIds.Any(id => text.Contains(id, StringComparison.Ordinal));
    }

    private static IMessage Stolen(Rpc rpc, Sample mine, Subject owner)
    {
        var theirs = owner.Samples.First(sample => sample.Service == mine.Service && sample.Record.Kind == mine.Record.Kind);
        var submission = RequestMaker.Amendment(mine);
        Submissions.HeaderOf(submission).RecordId = theirs.Record.RecordId;
        return Submissions.As(rpc.Request, submission);
    }

    private static string WithoutIds(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{2}-[0-9]{4}", "…");
}
