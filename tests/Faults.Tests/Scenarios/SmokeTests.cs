using System.Collections.Concurrent;
using Equecel.Faults.Tests.Faults;
using Xunit.Abstractions;

namespace Equecel.Faults.Tests.Scenarios;

/// <summary>The promises under faults of every kind, in short. eng/faults goes on for hours.</summary>
[Collection(SharedEraDefinition.Name)]
public sealed class SmokeTests(SharedEra era, ITestOutputHelper output)
{
    private static readonly List<string> SecondRow = ["assessment", "questionnaire"];

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_a_process_dies_at_a_named_point_on_the_wire()
    {
        var missed = new ConcurrentBag<string>();
        // Side by side, each service is hit at every point in the time that two take.
        var rows = WireFaults.Points.GroupBy(point => SecondRow.Exists(service => point.Link.StartsWith(service, StringComparison.Ordinal)))
            .Select(row => row.Select(point => new Fault(point.Name, "point on the wire", async context =>
            {
                if (!await point.RunAsync(context))
                {
                    missed.Add(point.Name);
                }
            })).ToList()).ToArray();

        var result = await era.PassAsync(output, round => round.RunRowsAsync(rows));

        Assert.Empty(missed);
        Assert.True(result.Kills >= WireFaults.Points.Count / 2, $"{result.Kills} processes were killed");
    }

    [Fact]
    public async Task Callers_that_want_the_same_at_once_and_imports_that_break_off_change_nothing_twice() =>
        await era.PassAsync(output, round => round.RunAsync([.. CallerFaults.All, .. BorderFaults.All]));

    [Fact]
    public async Task Messages_that_come_twice_late_reordered_or_unreadable_do_no_harm() =>
        await era.PassAsync(output, round => round.RunAsync([.. MessageFaults.All, .. JournalFaults.All, .. WireFaults.All.Where(fault => fault.Kind == "crash loop")]));

    [Fact]
    public async Task Servers_that_run_full_or_forget_are_lived_with() =>
        await era.PassAsync(output, round => round.RunAsync(ServerFaults.All));

    [Fact]
    public async Task A_rolling_restart_under_load_fails_no_call()
    {
        var result = await era.PassAsync(output, round => round.RunAsync(ProcessFaults.All.Single(fault => fault.Kind == "rolling restart")));

        Assert.Equal(0, result.Kills);
        Assert.True(result.Acknowledged > 100, $"{result.Acknowledged} saves were acknowledged");
    }

    [Fact]
    public async Task Faults_drawn_at_random_break_no_promise() =>
        await era.PassAsync(output, round => round.RunAsync(TimeSpan.FromSeconds(15), CancellationToken.None));
}
