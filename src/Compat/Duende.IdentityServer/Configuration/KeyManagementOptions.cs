namespace Duende.IdentityServer.Configuration;

/// <summary>
/// The life of a signing key: announced for <see cref="PropagationTime"/>, signing until it is
/// <see cref="RotationInterval"/> old, then published for <see cref="RetentionDuration"/> more.
/// </summary>
public class KeyManagementOptions
{
    /// <summary>Whether keys are made and rotated. The stand-in knows no other keys and refuses false.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Algorithms to sign with; the first is the default. The stand-in knows PS256 alone.</summary>
    public IEnumerable<SigningAlgorithmOptions> SigningAlgorithms { get; set; } = [];

    /// <summary>Size of an RSA key in bits, 2,048 or more.</summary>
    public int RsaKeySize { get; set; } = 2048;

    /// <summary>Whether data protection encrypts the key files. The stand-in leaves them to the rights of the files and refuses true.</summary>
    public bool DataProtectKeys { get; set; } = true;

    /// <summary>Folder of the key files.</summary>
    public string KeyPath { get; set; } = Path.Combine(Directory.GetCurrentDirectory(), "keys");

    /// <summary>Age at which a key stops signing.</summary>
    public TimeSpan RotationInterval { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a new key is published before it signs.</summary>
    public TimeSpan PropagationTime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a key is published after it has stopped signing.</summary>
    public TimeSpan RetentionDuration { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Whether the file of a key past its retention is deleted.</summary>
    public bool DeleteRetiredKeys { get; set; } = true;

    /// <summary>
    /// How long the first start waits for other instances that make a first key at the same moment.
    /// The stand-in runs alone on its folder and never waits.
    /// </summary>
    public TimeSpan InitializationSynchronizationDelay { get; set; } = TimeSpan.FromSeconds(5);
}
