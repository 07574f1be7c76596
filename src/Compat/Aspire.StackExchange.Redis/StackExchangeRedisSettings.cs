namespace Aspire.StackExchange.Redis;

/// <summary>How the Redis client is registered.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string, in the client library's own form.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves the health check <c>StackExchange.Redis</c> out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves traces out. There are none here, so this changes nothing.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Opens the connection at its first use instead of at start. This is always so here.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
