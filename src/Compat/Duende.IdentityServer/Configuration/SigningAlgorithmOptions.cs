namespace Duende.IdentityServer.Configuration;

/// <summary>An algorithm to sign tokens with.</summary>
/// <param name="name">Its JOSE name, such as <c>PS256</c>.</param>
public class SigningAlgorithmOptions(string name)
{
    /// <summary>Its JOSE name.</summary>
    public string Name { get; set; } = name;
}
