namespace Equecel.Identity;

/// <summary>A client as the configuration describes it, under <c>Identity:Clients:&lt;client id&gt;</c>.</summary>
internal sealed class ClientSettings
{
    /// <summary>Its secret, 16 to 100 characters. From the environment or a secret store, never from a file of the repository.</summary>
    public string? Secret { get; init; }

    /// <summary>Instead of <see cref="Secret"/>: SHA-256 of its UTF-8 bytes, in base64 or as 64 hexadecimal digits.</summary>
    public string? SecretSha256 { get; init; }

    /// <summary>What its tokens may allow. Without these and <see cref="Site"/>, <c>site-11</c> may send what site 11 captures.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>For a site's system: the code of its site, two or three digits. Otherwise absent.</summary>
    public string? Site { get; init; }

    /// <summary>Whether it has no secret at all, and so cannot be used.</summary>
    public bool HasNoSecret => string.IsNullOrEmpty(Secret) && string.IsNullOrEmpty(SecretSha256);
}
