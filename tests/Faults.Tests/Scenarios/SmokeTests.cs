using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Faults;
using Xunit.Abstractions;

namespace Equecel.Faults.Tests.Scenarios;

/// <summary>The promises under faults of every kind, in short. eng/faults goes on for hours.</summary>
[Collection(SharedEraDefinition.Name)]
public sealed class SmokeTests(SharedEra era, ITestOutputHelper output)
{
    // Their points come with the faults drawn at random: all of them would take the short set too long.
    private static readonly List<string> DrawnOnly = ["assessment", "questionnaire"];
    private static readonly string[] Processes = ["enrolment frozen", "kill -9 of gateway", "kill -9 of identity", "kill -9 of cache", "a session of the database killed"];

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_a_process_dies_at_a_named_point_on_the_wire()
    {
        var points = WireFaults.Points.Where(point => !DrawnOnly.Exists(service => point.Link.StartsWith(service, StringComparison.Ordinal)))
            .Select(point => new Fault(point.Name, "point on the wire", point.RunAsync)).ToList();

        var result = await era.PassAllAsync(output, points);

        Assert.True(result.Kills >= points.Count / 2, $"{result.Kills} processes were killed");
    }

    [Fact]
    public async Task Callers_that_want_the_same_at_once_and_imports_that_break_off_change_nothing_twice() =>
        await era.PassAsync(output, round => round.RunAsync([.. CallerFaults.All, .. BorderFaults.All]));

    [Fact]
    public async Task Messages_that_come_twice_late_reordered_or_unreadable_do_no_harm() =>
        await era.PassAllAsync(output, [.. MessageFaults.All, .. JournalFaults.All, .. WireFaults.All.Where(fault => fault.Kind == "crash loop")]);

    [Fact]
    public async Task Links_that_break_and_processes_that_freeze_or_die_are_lived_with() =>
        await era.PassRowsAsync(output, LinkFaults.All, [.. Processes.Select(name => ProcessFaults.All.Single(fault => fault.Name == name))]);

    [Fact]
    public async Task Servers_that_run_full_or_forget_are_lived_with() =>
        await era.PassAsync(output, round => round.RunAsync([.. ServerFaults.All.Where(fault => fault != ServerFaults.FullDatabase)]));

    [FactOnSmallDisk]
    public async Task A_database_whose_disk_is_full_is_lived_with()
    {
        var result = await era.PassAllAsync(output, ServerFaults.FullDatabase);

        Assert.Equal(ServerFaults.FullDatabase.Name, Assert.Single(result.Faults));
    }

    [Fact]
    public async Task A_rolling_restart_under_load_fails_no_call_but_with_when_to_come_again_and_each_is_answered_then()
    {
        var result = await era.PassAllAsync(output, ProcessFaults.All.Single(fault => fault.Kind == "rolling restart"));

        output.WriteLine($"{result.PushedBack} attempts were told when to come again");
        Assert.Equal(0, result.Kills);
        Assert.True(result.Acknowledged > 100, $"{result.Acknowledged} saves were acknowledged");
        Assert.True(result.Failed.Count == 0, $"These attempts failed, and were not told when to come again: {string.Join("; ", result.Failed)}");
        Assert.DoesNotContain(era.Era.Load.History.Entries, call => call.Outcome.Kind == AnswerKind.Unknown);
    }

    [Fact]
    public async Task Faults_drawn_at_random_break_no_promise() =>
        await era.PassAsync(output, round => round.RunAsync(TimeSpan.FromSeconds(15), CancellationToken.None));
}
