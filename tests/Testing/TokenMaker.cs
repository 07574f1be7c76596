using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.Testing;

/// <summary>Makes any token with a key, also ones that Identity would never make.</summary>
/// <param name="pair">The key.</param>
/// <param name="keyId">Its <c>kid</c>.</param>
public sealed class TokenMaker(RSA pair, string keyId)
{
    /// <summary>The issuer in its tokens.</summary>
    public const string Issuer = "https://identity.equecel";

    /// <summary>Makes a token: by default a good one of site 01, valid for ten minutes from now.</summary>
    /// <param name="payload">Changes its claims.</param>
    /// <param name="header">Changes its header.</param>
    /// <param name="sign">Signs the bytes of header and payload in another way.</param>
    /// <param name="rewrite">Changes the text of the claims.</param>
    /// <param name="rewriteHeader">Changes the text of the header.</param>
    public string Token(
        Action<JsonObject>? payload = null, Action<JsonObject>? header = null, Func<RSA, byte[], byte[]>? sign = null,
        Func<string, string>? rewrite = null, Func<string, string>? rewriteHeader = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = new JsonObject { ["alg"] = "PS256", ["kid"] = keyId, ["typ"] = "at+jwt" };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = new JsonArray("enrolment", "assessment", "safety", "questionnaire"),
            ["nbf"] = now,
            ["iat"] = now,
            ["exp"] = now + 600,
            ["client_id"] = "site-01",
            ["scope"] = new JsonArray("equecel.capture"),
            ["site"] = "01",
        };
        header?.Invoke(head);
        payload?.Invoke(claims);

        var signed = $"{Encode(head.ToJsonString(), rewriteHeader)}.{Encode(claims.ToJsonString(), rewrite)}";
        return $"{signed}.{Base64UrlEncoder.Encode((sign ?? Pss)(pair, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Signs as Identity does.</summary>
    /// <param name="pair">The key.</param>
    /// <param name="data">What is signed.</param>
    public static byte[] Pss(RSA pair, byte[] data) => pair.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    private static string Encode(string json, Func<string, string>? rewrite) => Base64UrlEncoder.Encode(rewrite?.Invoke(json) ?? json);
}
