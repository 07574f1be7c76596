using System.Text.Json.Serialization;

namespace Duende.IdentityServer.Keys;

/// <summary>A key in the key set (RFC 7517, RFC 7518 section 6.3.1).</summary>
internal sealed record PublishedKey(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("use")] string Use,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("n")] string Modulus,
    [property: JsonPropertyName("e")] string Exponent);
