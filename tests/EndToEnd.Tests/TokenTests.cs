using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Equecel.EndToEnd.Tests.Running;
using Grpc.Core;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.EndToEnd.Tests;

/// <summary>Tokens that Identity did not make, made long ago, or would not make.</summary>
[Collection(SharedStudy.Name)]
public sealed class TokenTests(StudyPlatform study)
{
    private const string Rpc = "equecel.enrolment.v1.EnrolmentService/ListRecords";

    [Theory]
    [InlineData("none at all", false)]
    [InlineData("none at all", true)]
    [InlineData("expired", false)]
    [InlineData("expired", true)]
    [InlineData("signed with another key", false)]
    [InlineData("signed with another key", true)]
    [InlineData("unsigned", false)]
    [InlineData("unsigned", true)]
    [InlineData("signed with the public key as a secret", false)]
    [InlineData("signed with the public key as a secret", true)]
    [InlineData("of another site", false)]
    [InlineData("of another site", true)]
    public async Task A_token_is_not_accepted_when_it_is(string fault, bool direct)
    {
        var token = await MakeAsync(fault);

        var problem = await RawCalls.FailAsync(await study.AddressAsync("enrolment", direct), Rpc, token, []);

        Assert.Equal((StatusCode.Unauthenticated, "TOKEN_NOT_ACCEPTED"), (problem.Code, problem.Reason));
    }

    [Fact]
    public async Task A_token_that_is_made_in_the_same_way_and_right_is_accepted()
    {
        var token = await MakeAsync("right");

        // It gets as far as the message, which is not protobuf.
        var problem = await RawCalls.FailAsync(study.Platform.Gateway, Rpc, token, [0xFF]);

        Assert.Equal(StatusCode.InvalidArgument, problem.Code);
    }

    [Theory]
    [InlineData("equecel.nonsense")]
    [InlineData("equecel.study")]
    [InlineData("equecel.capture equecel.feed")]
    public async Task A_scope_that_is_unknown_or_not_granted_gets_no_token(string scope)
    {
        var (status, answer) = await study.Platform.AskTokenAsync("site-01", scope);

        Assert.Equal(400, status);
        Assert.Equal("invalid_scope", (string)answer["error"]!);
        Assert.Null(answer["access_token"]);
    }

    private async Task<string?> MakeAsync(string fault)
    {
        if (fault == "none at all")
        {
            return null;
        }

        var right = (await study.Platform.TokenAsync("site-01")).Split('.');
        var header = Decode(right[0]);
        var claims = Decode(right[1]);
        using var another = RSA.Create(2048);
        using var key = IdentityKey((string)header["kid"]!);
        Func<byte[], byte[]> sign = data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        switch (fault)
        {
            case "expired":
                foreach (var claim in (string[])["nbf", "iat", "exp"])
                {
                    claims[claim] = (long)claims[claim]! - 1200;
                }

                break;
            case "signed with another key":
                sign = data => another.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
                break;
            case "unsigned":
                header["alg"] = "none";
                sign = _ => [];
                break;
            case "signed with the public key as a secret":
                header["alg"] = "HS256";
                var secret = Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem());
                sign = data => HMACSHA256.HashData(secret, data);
                break;
            case "of another site":
                claims["site"] = "02";
                sign = _ => Base64UrlEncoder.DecodeBytes(right[2]);
                break;
            default:
                break;
        }

        var signed = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static JsonNode Decode(string part) => JsonNode.Parse(Base64UrlEncoder.Decode(part))!;

    private RSA IdentityKey(string id)
    {
        var file = Directory.GetFiles(study.Platform.KeyFolder, "*.json").Single(path => path.Contains(id, StringComparison.Ordinal));
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String((string)JsonNode.Parse(File.ReadAllText(file))!["Pkcs8"]!), out _);
        return key;
    }
}
