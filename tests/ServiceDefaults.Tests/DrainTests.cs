using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equecel.ServiceDefaults.Tests;

public sealed class DrainTests : IDisposable
{
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly Drain drain;

    public DrainTests() =>
        drain = new(new ConfigurationBuilder().AddInMemoryCollection([new("Drain:Pause", "00:00:00")]).Build(), lifetime);

    public void Dispose() => drain.Dispose();

    [Fact]
    public async Task A_service_that_is_asked_to_stop_is_not_ready_and_takes_calls_still()
    {
        Assert.Equal(HealthStatus.Healthy, (await drain.CheckHealthAsync(new())).Status);
        lifetime.StopApplication();

        Assert.Equal(HealthStatus.Unhealthy, (await drain.CheckHealthAsync(new())).Status);
        Assert.NotNull(drain.TryEnter());
        Assert.False(drain.Ending.IsCancellationRequested);
    }

    [Fact]
    public async Task It_waits_for_the_calls_at_hand_and_takes_no_new_ones()
    {
        var first = drain.TryEnter()!;
        var second = drain.TryEnter()!;
        var stopping = drain.StoppingAsync(CancellationToken.None);
        Assert.True(drain.Ending.IsCancellationRequested);
        Assert.Null(drain.TryEnter());

        first.Dispose();
        Assert.False(stopping.IsCompleted);
        second.Dispose();
        await stopping;
    }

    [Fact]
    public async Task Without_calls_it_goes_on_at_once()
    {
        drain.TryEnter()!.Dispose();
        await drain.StoppingAsync(CancellationToken.None);

        Assert.True(drain.Ending.IsCancellationRequested);
    }
}
