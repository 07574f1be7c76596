using System.Buffers.Text;
using System.Text.Json;

namespace Equecel.Gateway;

/// <summary>The client that a token names, whoever made it.</summary>
internal static class ClaimedClient
{
    private const string Scheme = "Bearer ";
    private const int LongestClaims = 8 * 1024;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>Reads it.</summary>
    /// <param name="authorization">The header <c>Authorization</c>; empty for none.</param>
    /// <returns>The claim <c>client_id</c>; null when there is none that can be read.</returns>
    public static string? Find(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || authorization[Scheme.Length..].Split('.') is not [_, { Length: > 0 and <= LongestClaims } claims, ..] || !Base64Url.IsValid(claims))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims), Shallow);
            return document.RootElement is { ValueKind: JsonValueKind.Object } all
                && all.TryGetProperty("client_id", out var client) && client.ValueKind == JsonValueKind.String ? client.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it that is none.
            return null;
        }
    }
}
