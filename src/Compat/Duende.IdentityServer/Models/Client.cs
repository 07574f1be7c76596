namespace Duende.IdentityServer.Models;

/// <summary>A program that may ask for tokens.</summary>
public class Client
{
    /// <summary>Its name, unique.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Secrets of which it shows one, hashed by <see cref="HashExtensions.Sha256"/>.</summary>
    public ICollection<Secret> ClientSecrets { get; set; } = [];

    /// <summary>Ways to ask for a token that it may use.</summary>
    public ICollection<string> AllowedGrantTypes { get; set; } = [];

    /// <summary>Scopes that it may ask for; it gets all of them when it names none.</summary>
    public ICollection<string> AllowedScopes { get; set; } = [];

    /// <summary>Life of its tokens, in seconds.</summary>
    public int AccessTokenLifetime { get; set; } = 3600;

    /// <summary>Claims that every token of it carries.</summary>
    public ICollection<ClientClaim> Claims { get; set; } = [];

    /// <summary>What is put before the type of each of its <see cref="Claims"/>.</summary>
    public string ClientClaimsPrefix { get; set; } = "client_";
}
