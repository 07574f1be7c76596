namespace Duende.IdentityServer.Models;

/// <summary>A claim that a client's tokens carry.</summary>
/// <param name="type">Name of the claim.</param>
/// <param name="value">Its text.</param>
public class ClientClaim(string type, string value)
{
    /// <summary>Name of the claim.</summary>
    public string Type { get; set; } = type;

    /// <summary>Its text.</summary>
    public string Value { get; set; } = value;
}
