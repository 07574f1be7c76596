using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Equecel.Audit;

/// <summary>
/// Where the checkpoints of a service are kept: a file outside the database, with the key that signs them beside it. Whoever has all
/// rights in the database has neither. Only the public key is needed to verify.
/// </summary>
public sealed class CheckpointFile
{
    private const UnixFileMode ReadableByAll = KeyFile.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly string? folder;

    /// <summary>Finds out where it is.</summary>
    /// <param name="service">Name of the service, such as <c>safety</c>.</param>
    /// <param name="configuration">Its settings.</param>
    public CheckpointFile(string service, IConfiguration configuration)
    {
        Service = service;
        folder = configuration["Records:CheckpointPath"] is { Length: > 0 } path ? path : null;
    }

    /// <summary>Name of the service.</summary>
    public string Service { get; }

    /// <summary>Whether checkpoints are kept at all: <c>Records:CheckpointPath</c> names a folder.</summary>
    public bool IsKept => folder is not null;

    /// <summary>The file, a checkpoint a line.</summary>
    public string Path => System.IO.Path.Combine(folder!, $"{Service}.checkpoints");

    private string KeyPath => System.IO.Path.Combine(folder!, $"{Service}.checkpoint-key.pem");

    private string PublicKeyPath => System.IO.Path.ChangeExtension(KeyPath, ".pub.pem");

    /// <summary>Every line of the file. None when there is no file.</summary>
    public IEnumerable<string> Lines() => IsKept && File.Exists(Path) ? File.ReadLines(Path) : [];

    /// <summary>Adds a line, and returns when it is on disk.</summary>
    public void Append(string line)
    {
        using var file = new FileStream(Path, KeyFile.Writing(FileMode.Append, ReadableByAll));
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Removes what a crash left of a line that was being added.</summary>
    public void CutUnfinishedLine()
    {
        if (!File.Exists(Path))
        {
            return;
        }

        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }
        }

        file.SetLength(end);
    }

    /// <summary>The key that signs and verifies. Made at the first use, with its public half beside it for other verifiers.</summary>
    /// <exception cref="InvalidDataException">Its file holds no key.</exception>
    public ECDsa OpenKey()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(KeyFile.ReadOrMake(KeyPath, MakeKey));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw KeyFile.Unusable(KeyPath);
        }

        var publicKey = key.ExportSubjectPublicKeyInfoPem();
        if (!File.Exists(PublicKeyPath) || File.ReadAllText(PublicKeyPath) != publicKey)
        {
            KeyFile.Save(PublicKeyPath, publicKey, ReadableByAll, overwrite: true);
        }

        return key;
    }

    private static string MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportECPrivateKeyPem();
    }
}
