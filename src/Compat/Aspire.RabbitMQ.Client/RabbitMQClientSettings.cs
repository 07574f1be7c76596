namespace Aspire.RabbitMQ.Client;

/// <summary>How the RabbitMQ client is registered.</summary>
public sealed class RabbitMQClientSettings
{
    /// <summary>The connection string, <c>amqp://user:password@host:port</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often a connection that cannot be opened is tried again.</summary>
    public int MaxConnectRetryCount { get; set; } = 5;

    /// <summary>Leaves the health check <c>RabbitMQ.Client</c> out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves the client library's traces out.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Opens the connection at its first use instead of at start. This is always so here.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
