using System.Security.Cryptography;
using System.Text;
using Equecel.Audit;
using Microsoft.Extensions.Configuration;

namespace Equecel.Records.Store;

/// <summary>
/// Marks what this service saved: a keyed hash of each version's content hash. The database never holds the key, so nobody can make a
/// version there, with whatever right hashes, that passes for one that the service saved.
/// </summary>
internal sealed class JournalSeal
{
    private readonly byte[] key;

    /// <summary>
    /// Takes the key from the configuration, <c>Records:SealKey</c>; without one, from a file beside the checkpoints, made at the first
    /// use; where no checkpoints are kept, it follows from the migration role's password.
    /// </summary>
    public JournalSeal(RecordsOptions options, IConfiguration configuration)
        : this(configuration["Records:SealKey"] is { Length: > 0 } secret ? secret
            : configuration["Records:CheckpointPath"] is { Length: > 0 } folder ? SecretIn(folder, options.Service)
            : $"{new Npgsql.NpgsqlConnectionStringBuilder(configuration.GetConnectionString(options.Database)).Password}:{options.Service}")
    {
    }

    /// <summary>Takes a key.</summary>
    public JournalSeal(string secret) => key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "equecel:journal-seal"u8);

    /// <summary>The seal of a version, by its content hash.</summary>
    public byte[] Of(byte[] contentHash) => HMACSHA256.HashData(key, contentHash);

    private static string SecretIn(string folder, string service) =>
        KeyFile.ReadOrMake(Path.Combine(folder, $"{service}.seal-key"), () => RandomNumberGenerator.GetHexString(64, lowercase: true));
}
