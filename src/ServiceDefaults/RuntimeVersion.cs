using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults;

/// <summary>Says at the start which runtime a service runs on, and refuses one that can be brought down from afar.</summary>
public sealed class RuntimeVersion(ILogger<RuntimeVersion> logger) : IHostedService
{
    /// <summary>The oldest runtime that is served with: older ones have a known remote denial of service.</summary>
    public static Version Oldest { get; } = new(10, 0, 4);

    /// <summary>Why a runtime cannot be served with; null when it can.</summary>
    /// <param name="version">Its version.</param>
    public static string? FindFault(Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version >= Oldest
            ? null
            : $"The .NET runtime {version} has a known remote denial of service. Install {Oldest} or a newer one.";
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The runtime is too old.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (FindFault(Environment.Version) is { } fault)
        {
            throw new InvalidOperationException(fault);
        }

        logger.LogInformation("Running on .NET {Version}", Environment.Version);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
