namespace Aspire.Hosting.Running;

/// <summary>How a resource is.</summary>
internal sealed record ResourceStatus
{
    /// <summary>Waiting, Starting, Running, Restarting, Stopping or Exited.</summary>
    public required string State { get; init; }

    /// <summary>Healthy, Degraded or Unhealthy; null while no process runs.</summary>
    public string? Health { get; init; }

    /// <summary>Why it is not healthy, what it warns of, or how the last process ended.</summary>
    public string? Detail { get; init; }

    /// <summary>Process id; null while no process runs.</summary>
    public int? Pid { get; init; }

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>Seconds from the start of the application until it was first ready; null until then.</summary>
    public double? ReadyAfterSeconds { get; init; }
}
