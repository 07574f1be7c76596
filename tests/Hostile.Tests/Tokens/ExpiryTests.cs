using Equecel.Hostile.Tests.Running;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Tokens;

/// <summary>A stream that is open when its token expires, at every service, through the gateway and past it.</summary>
[Collection(Attacked.Name)]
public sealed class ExpiryTests(HostilePlatform platform)
{
    [Fact]
    public async Task A_stream_ends_with_its_token()
    {
        var streams = Rpc.All.Where(rpc => rpc.TakesStream || rpc.Request.FindFieldByName("until_caught_up") is not null).ToList();
        var subject = await platform.SubjectAsync("01");

        var ends = await Task.WhenAll(streams.SelectMany(rpc => (Task<(Rpc, Outcome)>[])[EndAsync(rpc, false), EndAsync(rpc, true)]));

        Assert.NotEmpty(ends);
        Assert.All(ends, end => Assert.True((StatusCode.Unauthenticated, "TOKEN_NOT_ACCEPTED") == (end.Item2.Code, end.Item2.Reason), $"{end}"));

        async Task<(Rpc, Outcome)> EndAsync(Rpc rpc, bool direct)
        {
            var token = platform.Token(rpc.Access!.Scope, rpc.Access.ConfinedToSite ? subject.Site : null, claims =>
            {
                claims["nbf"] = (long)claims["nbf"]! - 300;
                claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3;
            });
            return (rpc, await platform.To(rpc, direct).StayAsync(rpc, token, rpc.TakesStream ? null : Submissions.New(rpc.Request).ToByteArray()));
        }
    }
}
