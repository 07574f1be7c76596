namespace Duende.IdentityServer.Models;

/// <summary>Ways to ask for a token.</summary>
public class GrantTypes
{
    private GrantTypes()
    {
    }

    /// <summary>The client shows its own secret (RFC 6749, section 4.4).</summary>
    public static ICollection<string> ClientCredentials => ["client_credentials"];
}
