using Duende.IdentityServer.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Duende.IdentityServer.Keys;

/// <summary>The keys in use: which one signs now, and which ones are published.</summary>
internal sealed class KeyRing
{
    private readonly KeyFiles files;
    private readonly KeyManagementOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<KeyRing> logger;
    private readonly Lock gate = new();
    private List<SigningKey>? keys;

    /// <summary>Makes the ring of a folder's keys.</summary>
    /// <exception cref="NotSupportedException">The options ask for what the stand-in does not have.</exception>
    public KeyRing(KeyFiles files, KeyManagementOptions options, TimeProvider time, ILogger<KeyRing> logger)
    {
        if (!options.Enabled || options.DataProtectKeys || options.SigningAlgorithms.Select(algorithm => algorithm.Name).SingleOrDefault() != SecurityAlgorithms.RsaSsaPssSha256)
        {
            throw new NotSupportedException("The stand-in for Duende.IdentityServer signs with managed PS256 keys only, and does not encrypt them (DataProtectKeys).");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.RsaKeySize, 2048);
        (this.files, this.options, this.time, this.logger) = (files, options, time, logger);
    }

    /// <summary>Brings the keys up to date: makes the next one, drops retired ones.</summary>
    /// <returns>The published keys, oldest first, and the one that signs.</returns>
    public (IReadOnlyList<SigningKey> Published, SigningKey Signing) Refresh()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            keys ??= [.. files.Load().OrderBy(key => key.Created)];
            RetireOld(keys, now);

            if (keys.Count == 0 || now - keys[^1].Created >= options.RotationInterval - options.PropagationTime)
            {
                var next = SigningKey.Create(now, options.RsaKeySize);
                files.Save(next);
                keys.Add(next);
                logger.LogInformation("A new signing key {KeyId} is published.", next.Id);
            }

            // The newest that every validator has had time to read; at the very first start there is only one, unannounced.
            var signing = keys.FindLast(key => now - key.Created >= options.PropagationTime) ?? keys[0];
            return ([.. keys], signing);
        }
    }

    private void RetireOld(List<SigningKey> keys, DateTimeOffset now)
    {
        foreach (var retired in keys.FindAll(key => now - key.Created >= options.RotationInterval + options.RetentionDuration))
        {
            keys.Remove(retired);
            if (options.DeleteRetiredKeys)
            {
                files.Delete(retired);
            }

            logger.LogInformation("The signing key {KeyId} is retired.", retired.Id);
        }
    }
}
