using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Duende.IdentityServer.Models;
using Microsoft.AspNetCore.Http;

namespace Duende.IdentityServer.Endpoints;

/// <summary>Finds out which client asks (RFC 6749, section 2.3.1).</summary>
internal sealed class ClientAuthentication(Registrations registrations, TimeProvider time)
{
    private const int LongestNameOrSecret = 100;

    private static readonly ICollection<Secret> NobodysSecret = [new("nobody".Sha256())];

    /// <summary>Finds the client that the request shows the secret of.</summary>
    /// <param name="authorization">The <c>Authorization</c> header, empty when there is none.</param>
    /// <param name="form">The form of the request.</param>
    /// <returns>The client; null when its name, secret or both are wrong, in the same time.</returns>
    public Client? FindClient(string authorization, IFormCollection form)
    {
        var (name, secret) = ReadBasic(authorization) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (name.Length is 0 or > LongestNameOrSecret || secret.Length is 0 or > LongestNameOrSecret)
        {
            return null;
        }

        var client = registrations.FindClient(name);
        var shown = Encoding.UTF8.GetBytes(secret.Sha256());
        var accepted = false;
        foreach (var stored in client?.ClientSecrets ?? NobodysSecret)
        {
            // Every secret is compared whole, so the time tells neither which nor how much of it was right.
            accepted |= CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(stored.Value))
                & !(stored.Expiration <= time.GetUtcNow().UtcDateTime);
        }

        return accepted ? client : null;
    }

    private static (string Name, string Secret)? ReadBasic(string authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length))
        {
            return ("", "");
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair is [var name, var secret] ? (FormDecode(name), FormDecode(secret)) : ("", "");
    }

    private static string FormDecode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
