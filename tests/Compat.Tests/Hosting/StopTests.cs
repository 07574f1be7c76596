namespace Equecel.Compat.Tests.Hosting;

public sealed class StopTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_stop_ends_everything_properly_and_leaves_no_process(string signal)
    {
        await using var host = SampleHost.Start("postgres,messaging,cache");
        await host.UntilReadyAsync();
        var processes = host.Descendants();
        // Two services; postgres and five of its own; redis; the broker, its name server and a helper.
        Assert.True(processes.Count >= 10);

        host.Signal(signal);

        Assert.Equal(0, await host.ExitAsync());
        Assert.DoesNotContain(processes, SampleHost.Runs);
        Assert.Contains("first      stopped properly", host.Output, StringComparison.Ordinal);
        Assert.Contains("database system is shut down", host.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(host.DataFolder, "platform.json")));
        Assert.False(File.Exists(Path.Combine(host.DataFolder, "postgres", "data", "postmaster.pid")));
        Assert.Empty(Directory.GetFiles(Path.Combine(host.DataFolder, "run")));
        var stopped = host.Output.Split("stopping", 2)[1];
        Assert.True(stopped.IndexOf("second     stopped", StringComparison.Ordinal) < stopped.IndexOf("first      stopped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_is_killed_takes_everything_with_it_and_the_next_one_starts()
    {
        await using var killed = SampleHost.Start("postgres,messaging,cache");
        await killed.UntilReadyAsync();
        var processes = killed.Descendants();
        var secrets = await File.ReadAllTextAsync(Path.Combine(killed.DataFolder, "secrets.json"));

        killed.Signal("KILL");
        await killed.ExitAsync();
        while (processes.Any(SampleHost.Runs))
        {
            await Task.Delay(20);
        }

        var next = SampleHost.Start("postgres,messaging,cache", killed.DataFolder);
        await next.UntilReadyAsync();
        Assert.Equal(secrets, await File.ReadAllTextAsync(Path.Combine(killed.DataFolder, "secrets.json")));
        next.Signal("TERM");
        Assert.Equal(0, await next.ExitAsync());
    }
}
