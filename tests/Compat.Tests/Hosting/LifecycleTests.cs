namespace Equecel.Compat.Tests.Hosting;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_service_starts_only_when_the_one_that_it_waits_for_is_healthy()
    {
        var awaited = Path.Combine(Path.GetTempPath(), $"equecel-awaited-{Guid.NewGuid():N}");
        await using var host = SampleHost.Start(variables: $"SAMPLE_WAITS_FOR={awaited}");
        var waiting = await host.UntilAsync(resources => resources["first"] is { Pid: not null, Health: "Unhealthy" });
        Assert.Equal(("Waiting", null), (waiting["second"].State, waiting["second"].Pid));

        await File.WriteAllTextAsync(awaited, "");
        var ready = await host.UntilReadyAsync();
        File.Delete(awaited);
        Assert.True(ready["second"].ReadyAfterSeconds > ready["first"].ReadyAfterSeconds);
    }

    [Fact]
    public async Task A_service_that_warns_is_ready_and_shows_its_warning()
    {
        await using var host = SampleHost.Start(variables: "SAMPLE_HEALTH=Degraded relay: no broker");

        var ready = await host.UntilReadyAsync();

        Assert.Equal(("Running", "Degraded", "relay: no broker"), (ready["first"].State, ready["first"].Health, ready["first"].Detail));
    }

    [Fact]
    public async Task A_service_that_dies_is_started_again_at_the_same_address()
    {
        await using var host = SampleHost.Start();
        var before = (await host.UntilReadyAsync())["first"];
        SampleHost.Signal(before.Pid!.Value, "KILL");

        var after = (await host.UntilAsync(resources => resources["first"] is { Restarts: 1, Health: "Healthy" }))["first"];
        Assert.NotEqual(before.Pid, after.Pid);
        Assert.Equal(before.Url("http"), after.Url("http"));
        Assert.Contains("first      ended with exit code 137; starting it again in 0.2 s", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_that_die_are_started_again_with_what_they_held()
    {
        await using var host = SampleHost.Start("postgres,messaging,cache");
        var before = await host.UntilReadyAsync();
        string[] servers = ["postgres", "messaging", "cache"];
        foreach (var server in servers)
        {
            SampleHost.Signal(before[server].Pid!.Value, "KILL");
        }

        await host.UntilAsync(resources => servers.All(server => resources[server] is { Restarts: > 0, Health: "Healthy" }));
    }

    [Fact]
    public async Task An_ordinary_user_runs_everything()
    {
        await using var host = SampleHost.Start("postgres,messaging,cache", user: Environment.IsPrivilegedProcess ? "nobody" : null);
        var resources = await host.UntilReadyAsync();
        var users = resources.Items.Select(resource => resource.Pid!.Value).Select(User).Distinct();
        Assert.DoesNotContain("0", users);
    }

    private static string User(int processId) =>
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
}
