using System.Security.Cryptography;
using System.Text.Json;
using Duende.IdentityServer.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Duende.IdentityServer.Keys;

/// <summary>Signing keys in a folder, a file each, readable by their owner alone.</summary>
internal sealed class KeyFiles(KeyManagementOptions options, ILogger<KeyFiles> logger)
{
    private const string Prefix = "is-signing-key-";

    private sealed record KeyFile(string Id, DateTimeOffset Created, string Algorithm, string Pkcs8);

    /// <summary>Reads every key of the folder. A file that cannot be read is left alone and logged.</summary>
    public IReadOnlyList<SigningKey> Load()
    {
        CreateFolder();
        return [.. Directory.GetFiles(options.KeyPath, $"{Prefix}*.json").Select(Read).OfType<SigningKey>()];
    }

    /// <summary>Saves a key, whole or not at all.</summary>
    public void Save(SigningKey key)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new KeyFile(
            key.Id, key.Created, SecurityAlgorithms.RsaSsaPssSha256, Convert.ToBase64String(key.Pair.ExportPkcs8PrivateKey())));

        var unfinished = $"{PathOf(key)}.{Guid.NewGuid():N}.new";
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(unfinished, creation))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, PathOf(key));
    }

    /// <summary>Deletes a key's file.</summary>
    public void Delete(SigningKey key) => File.Delete(PathOf(key));

    private string PathOf(SigningKey key) => Path.Combine(options.KeyPath, $"{Prefix}{key.Id}.json");

    private SigningKey? Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(path))
                ?? throw new JsonException("The file is empty.");
            var pair = RSA.Create();
            pair.ImportPkcs8PrivateKey(Convert.FromBase64String(file.Pkcs8), out _);
            return new(file.Id, file.Created, pair);
        }
        catch (Exception e) when (e is JsonException or FormatException or CryptographicException)
        {
            logger.LogError(e, "The key file {Path} cannot be read and is not used.", path);
            return null;
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(options.KeyPath);
        }
        else
        {
            Directory.CreateDirectory(options.KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
