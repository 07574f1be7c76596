using System.Net;
using Equecel.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
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

    [Fact]
    public async Task New_calls_are_told_to_come_again_while_those_at_hand_finish_and_health_is_told_to_the_end()
    {
        // Away from any settings file in the current folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Take()}");
        builder.Configuration["Drain:Pause"] = "00:00:00";
        builder.AddServiceDefaults();
        await using var service = builder.Build();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        service.UseDrain();
        service.MapGet("/slow", async () =>
        {
            begun.SetResult();
            await end.Task;
            return "done";
        }).AllowAnonymous();
        service.MapDefaultEndpoints();
        await service.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };

        var slow = http.GetStringAsync(new Uri("/slow", UriKind.Relative));
        await begun.Task;
        var stopping = service.StopAsync();
        await Eventually.TrueAsync(() => service.Services.GetRequiredService<Drain>().Ending.IsCancellationRequested);
        using var late = await http.GetAsync(new Uri("/slow", UriKind.Relative));
        using var health = await http.GetAsync(new Uri("/health", UriKind.Relative));
        using var alive = await http.GetAsync(new Uri("/alive", UriKind.Relative));
        using var call = new HttpRequestMessage(HttpMethod.Post, "/slow") { Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/grpc") } } };
        using var refusal = await http.SendAsync(call);
        end.SetResult();
        await stopping;

        Assert.Equal("done", await slow);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (late.StatusCode, late.Headers.RetryAfter!.Delta));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
        Assert.Contains("draining: ", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, refusal.StatusCode);
        Assert.Equal(["14"], refusal.Headers.GetValues("grpc-status"));
        Assert.Equal(["1000"], refusal.Headers.GetValues("grpc-retry-pushback-ms"));
    }
}
