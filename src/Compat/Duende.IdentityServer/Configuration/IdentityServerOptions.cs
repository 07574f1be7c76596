namespace Duende.IdentityServer.Configuration;

/// <summary>How the token service behaves.</summary>
public class IdentityServerOptions
{
    /// <summary>The <c>iss</c> of every token; null takes the scheme and host of each request.</summary>
    public string? IssuerUri { get; set; }

    /// <summary>The keys that sign tokens.</summary>
    public KeyManagementOptions KeyManagement { get; set; } = new();
}
