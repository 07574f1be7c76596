namespace Duende.IdentityServer.Models;

/// <summary>Something that a token can allow.</summary>
/// <param name="name">Its name in a token.</param>
public class ApiScope(string name)
{
    /// <summary>Its name in a token.</summary>
    public string Name { get; set; } = name;
}
