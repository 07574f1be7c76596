using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>
/// Page and resume tokens: a place that was given to a caller who sees certain sites, and is taken back from nobody else. They stay
/// valid for good, over restarts and in every instance of the service.
/// </summary>
internal sealed class SealedTokens(byte[] key)
{
    private const int MacLength = 16;
    private const int MostLength = 300;

    /// <summary>Makes a token.</summary>
    /// <param name="field">The field that it comes back in, such as <c>resume_token</c>: a token of one is no token of the other.</param>
    /// <param name="scope">What the caller sees.</param>
    /// <param name="place">The place.</param>
    public string Seal(string field, SiteScope scope, string place)
    {
        var text = Encoding.UTF8.GetBytes($"{field}\n{Name(scope)}\n{place}");
        var token = new byte[MacLength + text.Length];
        Mac(text, token);
        text.CopyTo(token, MacLength);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token.</summary>
    /// <param name="field">The field that it came in.</param>
    /// <param name="scope">What the caller sees.</param>
    /// <param name="token">The token; empty for the beginning.</param>
    /// <returns>The place; null for the beginning.</returns>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no token of ours, or was given to a caller who sees other sites.</exception>
    public string? Open(string field, SiteScope scope, string token)
    {
        if (token.Length == 0)
        {
            return null;
        }

        var parts = Read(token)?.Split('\n', 3);
        return parts is not [var sealedField, var owner, var place] || sealedField != field
            ? throw RpcError.InvalidField(field, "Not a token of this call. Take the one that the last answer gave, or leave it empty to begin anew.")
            : owner != Name(scope)
                ? throw RpcError.InvalidField(field, "This token was given to a caller who may see other sites. Leave it empty to begin anew.")
                : place;
    }

    // A site's code never looks like this.
    private static string Name(SiteScope scope) => scope.Site is { } site ? $"site {site}" : "all sites";

    private string? Read(string token)
    {
        if (token.Length > MostLength || !Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= MacLength)
        {
            return null;
        }

        Span<byte> mac = stackalloc byte[MacLength];
        Mac(bytes.AsSpan(MacLength), mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(0, MacLength)) ? Encoding.UTF8.GetString(bytes.AsSpan(MacLength)) : null;
    }

    private void Mac(ReadOnlySpan<byte> text, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text, whole);
        whole[..MacLength].CopyTo(mac);
    }
}
