using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Equecel.Records.Relaying;

/// <summary>How the relay fares, for metrics and the health page. Saves work without it, so it never makes a service unready.</summary>
internal sealed class RelayState : IHealthCheck, IDisposable
{
    private readonly TimeProvider time;
    private readonly Meter meter = new("Equecel.Records");
    private readonly Counter<long> published;
    private readonly Counter<long> unroutable;
    private long publishedCount;
    private volatile string? failure = "not connected yet";
    private volatile string? block;
    private volatile RelayFailure? lastFailure;
    private volatile bool leads;

    public RelayState(TimeProvider time)
    {
        this.time = time;
        published = meter.CreateCounter<long>("equecel.relay.published", description: "Journal rows published and confirmed.");
        meter.CreateObservableGauge("equecel.relay.blocked", () => block is null ? 0 : 1, description: "1 while the broker takes no messages: it is low on memory or disk.");
        unroutable = meter.CreateCounter<long>("equecel.relay.unroutable", description: "Batches of which a message was taken by no queue. They are published again.");
    }

    /// <summary>Rows published since the start.</summary>
    public long PublishedCount => Interlocked.Read(ref publishedCount);

    public void Published(int count)
    {
        block = null;
        Interlocked.Add(ref publishedCount, count);
        published.Add(count);
    }

    /// <summary>Whether this instance publishes now.</summary>
    public bool Leads => leads;

    /// <summary>Why it last stopped publishing, and when; null when it has not.</summary>
    public RelayFailure? LastFailure => lastFailure;

    /// <summary>Another instance publishes; this one would go on for it.</summary>
    public void StandingBy() => failure = null;

    public void Running() => (failure, leads) = (null, true);

    /// <summary>The broker takes no messages for a reason, or takes them again.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Block(string? reason)
    {
        var isNews = block != reason;
        block = reason;
        return isNews;
    }

    public void Unroutable() => unroutable.Add(1);

    public void Failed(string why) => (failure, leads, lastFailure) = (why, false, new RelayFailure(why, time.GetUtcNow()));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult((block, failure) switch
    {
        ({ } reason, _) => HealthCheckResult.Degraded($"The broker takes no messages: {reason}. Saves go on."),
        (_, { } why) => HealthCheckResult.Degraded($"The relay does not publish: {why}. Saves go on."),
        _ => HealthCheckResult.Healthy(),
    });

    public void Dispose() => meter.Dispose();
}

/// <summary>That the relay stopped publishing.</summary>
/// <param name="Why">Name of the failure.</param>
/// <param name="At">When.</param>
internal sealed record RelayFailure(string Why, DateTimeOffset At);
