namespace Duende.IdentityServer.Models;

/// <summary>A client's secret as it is stored.</summary>
/// <param name="value">The hash that <see cref="HashExtensions.Sha256"/> gives.</param>
/// <param name="expiration">When it stops being accepted, in UTC; null for never.</param>
public class Secret(string value, DateTime? expiration = null)
{
    /// <summary>The hash of the secret.</summary>
    public string Value { get; set; } = value;

    /// <summary>When it stops being accepted, in UTC; null for never.</summary>
    public DateTime? Expiration { get; set; } = expiration;
}
