using System.Security.Cryptography;
using System.Text.Json;

namespace Aspire.Hosting.Running;

/// <summary>Secrets that are generated once and kept in a file that only its owner reads.</summary>
internal sealed class SecretStore
{
    // Nothing that a connection string, a URI or a shell gives a meaning to; 24 of them hold 142 bits.
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string path;
    private readonly SortedDictionary<string, string> secrets;

    /// <summary>Reads what was kept.</summary>
    /// <param name="path">The file: a JSON object of text values.</param>
    /// <exception cref="DistributedApplicationException">The file is not of that form.</exception>
    public SecretStore(string path)
    {
        this.path = path;
        try
        {
            secrets = File.Exists(path) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"{path} cannot be read as JSON: correct it, or remove the whole data folder to start from nothing.", e);
        }
    }

    /// <summary>Gives a secret, generating it the first time.</summary>
    /// <param name="key">Its key, <c>Parameters:name</c>.</param>
    public string GetOrCreate(string key)
    {
        lock (secrets)
        {
            if (!secrets.TryGetValue(key, out var secret))
            {
                secret = secrets[key] = RandomNumberGenerator.GetString(Letters, 24);
                PrivateFile.Write(path, JsonSerializer.Serialize(secrets, Indented));
            }

            return secret;
        }
    }
}
