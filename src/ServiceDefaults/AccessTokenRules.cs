using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Equecel.ServiceDefaults;

/// <summary>What an access token must be beside signed, current and for us: checks that the library has no setting for.</summary>
internal static class AccessTokenRules
{
    /// <summary>How far clocks may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private const int LongestName = 100;

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromMinutes(15);

    // A name given twice could mean one value here and another elsewhere.
    private static readonly JsonDocumentOptions NamesOnce = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Whether a token is valid now, and for no longer than Identity would make it.</summary>
    /// <param name="notBefore">Its <c>nbf</c>, in UTC; a token without one is refused.</param>
    /// <param name="expires">Its <c>exp</c>, in UTC; a token without one is refused.</param>
    /// <param name="now">Now.</param>
    public static bool IsCurrent(DateTime? notBefore, DateTime? expires, DateTimeOffset now) =>
        notBefore is { } from && expires is { } to
        && from - now.UtcDateTime <= ClockSkew
        && now.UtcDateTime - to < ClockSkew
        && to > from
        && to - from <= LongestLifetime;

    /// <summary>Finds what is wrong with a token whose signature holds.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The fault; null when there is none.</returns>
    public static string? FindFault(JsonWebToken token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedHeader), NamesOnce);
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload), NamesOnce);
            return header.RootElement.TryGetProperty("crit", out _) ? "It asks for extensions that nobody here knows."
                : !Names(payload.RootElement, "client_id") ? "It names no client."
                : Gives(payload.RootElement, "sub") && !Names(payload.RootElement, "sub") ? "It names nobody, or several."
                : Gives(payload.RootElement, "site") && !NamesSite(payload.RootElement) ? "It names no site, or several."
                : null;
        }
        catch (JsonException)
        {
            return "It gives a name twice, or is nested too deep.";
        }
    }

    private static bool Gives(JsonElement payload, string claim) => payload.TryGetProperty(claim, out _);

    /// <summary>Whether a claim is one name: a text of signs that can be seen, neither long nor a wildcard.</summary>
    private static bool Names(JsonElement payload, string claim) =>
        Text(payload, claim) is { Length: > 0 and <= LongestName } text
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && text is not ("*" or "null");

    /// <summary>Whether the site is the code of one: two or three digits.</summary>
    private static bool NamesSite(JsonElement payload) =>
        Text(payload, "site") is { Length: 2 or 3 } code && !code.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static string? Text(JsonElement payload, string claim) =>
        payload.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
