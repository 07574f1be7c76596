namespace Duende.IdentityServer.Models;

/// <summary>A service that accepts tokens, named in <c>aud</c> of those with one of its scopes.</summary>
/// <param name="name">Its name in a token.</param>
public class ApiResource(string name)
{
    /// <summary>Its name in a token.</summary>
    public string Name { get; set; } = name;

    /// <summary>Scopes that mean something to it.</summary>
    public ICollection<string> Scopes { get; set; } = [];
}
