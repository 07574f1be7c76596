using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.Hostile.Tests.Tokens;

/// <summary>Tokens that are not to be accepted, each from one that is, by one change.</summary>
/// <remarks>Sources: RFC 8725 (JSON Web Token best current practices), RFC 7515 sections 4.1 and 7, RFC 9068 section 4.</remarks>
internal static class ForgedTokens
{
    private static readonly RSA Stranger = RSA.Create(2048);

    /// <summary>All of them, by what is wrong with them.</summary>
    /// <param name="maker">Makes tokens with Identity's key.</param>
    /// <param name="claims">Gives a token the claims of a good one.</param>
    public static IEnumerable<(string Fault, string Token)> All(TokenMaker maker, Action<JsonObject> claims)
    {
        var right = maker.Token(claims);
        return Claims().Select(fault => (fault.Fault, maker.Token(payload => Change(payload, fault.Change))))
            .Concat(Headers().Select(fault => (fault.Fault, maker.Token(claims, fault.Change))))
            .Concat(Texts().Select(fault => (fault.Fault, maker.Token(claims, rewrite: fault.Rewrite))))
            .Concat(HeaderTexts().Select(fault => (fault.Fault, maker.Token(claims, rewriteHeader: fault.Rewrite))))
            .Concat(Signatures().Select(fault => (fault.Fault, maker.Token(claims, header => header["alg"] = fault.Algorithm, fault.Sign))))
            .Concat(Keys().Select(fault => (fault.Fault, maker.Token(claims, fault.Change, (_, data) => TokenMaker.Pss(Stranger, data)))))
            .Concat(Shapes(right, maker.Token(payload => Change(payload, more => more["site"] = "02"))));

        void Change(JsonObject payload, Action<JsonObject> fault)
        {
            claims(payload);
            fault(payload);
        }
    }

    private static IEnumerable<(string Fault, Action<JsonObject> Change)> Claims() =>
    [
        ("expired a minute ago", claims => Shift(claims, -660)),
        ("expired a year ago", claims => Shift(claims, -31_536_000)),
        ("valid from the next minute on", claims => Shift(claims, 90)),
        ("valid for an hour", claims => claims["exp"] = (long)claims["nbf"]! + 3_600),
        ("valid for ever", claims => claims["exp"] = 253_402_300_799),
        ("without an end", claims => claims.Remove("exp")),
        ("without a beginning", claims => claims.Remove("nbf")),
        ("ending before it begins", claims => claims["exp"] = (long)claims["nbf"]! - 1),
        ("ending at a text", claims => claims["exp"] = "never"),
        ("ending at a negative instant", claims => claims["exp"] = -1),
        ("ending beyond all instants", claims => claims["exp"] = 1e300),
        ("of another issuer", claims => claims["iss"] = "https://elsewhere.example"),
        ("of the issuer with a slash", claims => claims["iss"] = TokenMaker.Issuer + "/"),
        ("of the issuer in capitals", claims => claims["iss"] = TokenMaker.Issuer.ToUpperInvariant()),
        ("of no issuer", claims => claims.Remove("iss")),
        ("for another audience", claims => claims["aud"] = "elsewhere"),
        ("for the audience with a slash", claims => claims["aud"] = new JsonArray([.. claims["aud"]!.AsArray().Select(aud => JsonValue.Create($"{aud}/"))])),
        ("for the audience in capitals", claims => claims["aud"] = new JsonArray([.. claims["aud"]!.AsArray().Select(aud => JsonValue.Create($"{aud}".ToUpperInvariant()))])),
        ("for every audience", claims => claims["aud"] = "*"),
        ("for an empty audience", claims => claims["aud"] = ""),
        ("for nobody", claims => claims.Remove("aud")),
        ("for an empty list", claims => claims["aud"] = new JsonArray()),
        ("of no client", claims => claims.Remove("client_id")),
        ("of a blank client", claims => claims["client_id"] = " "),
        ("of every client", claims => claims["client_id"] = "*"),
        ("of a client called null", claims => claims["client_id"] = "null"),
        ("of a client with a NUL", claims => claims["client_id"] = "site-01\0"),
        ("of a client with a line break", claims => claims["client_id"] = "site-01\nfail: forged"),
        ("of a client of 10,000 letters", claims => claims["client_id"] = new string('x', 2_000)),
        ("of two clients", claims => claims["client_id"] = new JsonArray("site-01", "site-02")),
        ("of a person with a NUL", claims => claims["sub"] = "dr\0li"),
        ("of a blank person", claims => claims["sub"] = " "),
        ("of two people", claims => claims["sub"] = new JsonArray("a", "b")),
    ];

    private static IEnumerable<(string Fault, Action<JsonObject> Change)> Headers() =>
    [
        ("with a critical extension", header => header["crit"] = new JsonArray("exp")),
        ("with an unknown critical extension", header => (header["crit"], header["x"]) = (new JsonArray("x"), 1)),
        ("with an empty list of critical extensions", header => header["crit"] = new JsonArray()),
        ("with content that is not encoded", header => (header["b64"], header["crit"]) = (false, new JsonArray("b64"))),
        ("typed as any token", header => header["typ"] = "JWT"),
        ("typed as an ID token", header => header["typ"] = "id+jwt"),
        ("typed as a logout token", header => header["typ"] = "logout+jwt"),
        ("not typed", header => header.Remove("typ")),
        ("of an unknown key", header => header["kid"] = "unheard-of"),
        ("of a key by its path", header => header["kid"] = "../../../../dev/null"),
        ("of a key by an SQL text", header => header["kid"] = "x' union select 'secret"),
        ("of no key", header => header.Remove("kid")),
        ("with the algorithm RS256", header => header["alg"] = "RS256"),
        ("with the algorithm PS512", header => header["alg"] = "PS512"),
        ("with the algorithm none", header => header["alg"] = "none"),
        ("with the algorithm NoNe", header => header["alg"] = "NoNe"),
        ("with an empty algorithm", header => header["alg"] = ""),
        ("with no algorithm", header => header.Remove("alg")),
    ];

    private static IEnumerable<(string Fault, Func<string, string> Rewrite)> Texts() =>
    [
        ("with its client twice", json => Twice(json, "client_id", "\"site-02\"")),
        ("with its end twice", json => Twice(json, "exp", "253402300799")),
        ("with its scope twice", json => Twice(json, "scope", "\"equecel.study\"")),
        ("with its audience twice", json => Twice(json, "aud", "\"enrolment\"")),
        ("with a site twice", json => "{\"site\":\"01\",\"site\":\"02\"," + json[1..]),
        ("with a name twice, once escaped", json => "{\"si\\u0074e\":\"01\",\"site\":\"02\"," + json[1..]),
        ("nested too deep", json => "{\"x\":" + new string('[', 500) + new string(']', 500) + "," + json[1..]),
        ("with something behind its end", json => json + "{}"),
        ("that is a list", json => $"[{json}]"),
        ("that is cut off", json => json[..^5]),
        ("that is nothing", _ => ""),
        ("that is not UTF-8", json => json.Replace("client_id", "client_id\ud800", StringComparison.Ordinal)),
    ];

    private static IEnumerable<(string Fault, Func<string, string> Rewrite)> HeaderTexts() =>
    [
        ("with its algorithm twice", json => Twice(json, "alg", "\"none\"")),
        ("with its key twice", json => Twice(json, "kid", "\"other\"")),
        ("with a header that is a list", json => $"[{json}]"),
        ("with a header that is nothing", _ => ""),
    ];

    private static IEnumerable<(string Fault, string Algorithm, Func<RSA, byte[], byte[]> Sign)> Signatures() =>
    [
        ("signed with another key", "PS256", (_, data) => TokenMaker.Pss(Stranger, data)),
        ("not signed", "none", (_, _) => []),
        ("not signed, and said to be", "PS256", (_, _) => []),
        ("signed in an older way", "RS256", (key, data) => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ("signed in an older way, and said not to be", "PS256", (key, data) => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ("signed with a longer hash", "PS512", (key, data) => key.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pss)),
        ("signed with the public key as a secret, in PEM", "HS256", (key, data) => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), data)),
        ("signed with the public key as a secret, in DER", "HS256", (key, data) => HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), data)),
        ("signed with the modulus as a secret", "HS256", (key, data) => HMACSHA256.HashData(key.ExportParameters(false).Modulus!, data)),
        ("signed with no secret", "HS256", (_, data) => HMACSHA256.HashData(Array.Empty<byte>(), data)),
        ("with a signature cut short", "PS256", (key, data) => TokenMaker.Pss(key, data)[..^1]),
        ("with a longer signature", "PS256", (key, data) => [.. TokenMaker.Pss(key, data), 0]),
        ("with a signature of zeros", "PS256", (_, _) => new byte[256]),
        ("with a signature of something else", "PS256", (key, _) => TokenMaker.Pss(key, "something else"u8.ToArray())),
        ("with one bit of its signature turned", "PS256", (key, data) => Turned(TokenMaker.Pss(key, data))),
    ];

    private static IEnumerable<(string Fault, Action<JsonObject> Change)> Keys() =>
    [
        ("bringing its key along", header => header["jwk"] = PublicKey()),
        ("bringing its key along under our key's name", header => (header["jwk"] = PublicKey())!["kid"] = header["kid"]!.DeepClone()),
        ("bringing a certificate along", header => header["x5c"] = new JsonArray(Convert.ToBase64String(Stranger.ExportSubjectPublicKeyInfo()))),
        ("naming where its key is", header => header["jku"] = "http://127.0.0.1:9/keys"),
        ("naming where its certificate is", header => header["x5u"] = "http://127.0.0.1:9/certificate"),
        ("naming its certificate's thumbprint", header => (header["x5t"], header["x5t#S256"]) = ("AAAA", "AAAA")),
    ];

    private static IEnumerable<(string Fault, string Token)> Shapes(string right, string other)
    {
        var (header, payload, signature) = (right.Split('.')[0], right.Split('.')[1], right.Split('.')[2]);
        yield return ("with the claims of another", $"{header}.{other.Split('.')[1]}.{signature}");
        yield return ("with the signature of another", $"{header}.{payload}.{other.Split('.')[2]}");
        yield return ("of two parts", $"{header}.{payload}");
        yield return ("with an empty signature", $"{header}.{payload}.");
        yield return ("of four parts", $"{right}.{signature}");
        yield return ("of five parts", $"{right}.{signature}.{signature}");
        yield return ("in another token", $"{header}.{Base64UrlEncoder.Encode(right)}.{signature}");
        yield return ("of dots", "..");
        yield return ("of one letter", "x");
        yield return ("that is text", "let me in");
        yield return ("padded", $"{header}=.{payload}=.{signature}=");
        yield return ("with a sign that is none in its signature", $"{header}.{payload}.{signature[..^2]}!!");
        yield return ("of 12,000 letters", $"{header}.{new string('A', 12_000)}.{signature}");
        yield return ("twice", $"{right}, Bearer {right}");
    }

    private static void Shift(JsonObject claims, long seconds)
    {
        foreach (var name in (string[])["nbf", "iat", "exp"])
        {
            claims[name] = (long)claims[name]! + seconds;
        }
    }

    private static string Twice(string json, string name, string value) => "{" + $"\"{name}\":{value}," + json[1..];

    private static byte[] Turned(byte[] signature)
    {
        signature[100] ^= 1;
        return signature;
    }

    private static JsonObject PublicKey()
    {
        var numbers = Stranger.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["kid"] = "stranger",
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
        };
    }
}
