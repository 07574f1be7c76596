using System.Security.Cryptography;
using System.Text;

namespace Duende.IdentityServer.Models;

/// <summary>Hashes secrets.</summary>
public static class HashExtensions
{
    /// <summary>Hashes a secret.</summary>
    /// <param name="input">The secret.</param>
    /// <returns>SHA-256 of its UTF-8 bytes, in base64; empty for an empty secret.</returns>
    public static string Sha256(this string input) =>
        input.Length == 0 ? "" : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(input)));
}
