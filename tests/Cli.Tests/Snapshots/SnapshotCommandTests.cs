using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Tests.Snapshots;

public sealed class SnapshotCommandTests : IAsyncLifetime
{
    private static readonly Timestamp Instant = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).ToTimestamp();

    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_snapshot_is_created_as_asked_and_shown()
    {
        CreateSnapshotRequest asked = null!;
        platform.Analytics.OnCreateSnapshot = request =>
        {
            asked = request;
            return Snapshot(request.Label, request.Comment);
        };

        var run = await CommandLineRun.RunAsync(platform, "snapshot", "create", "dmc-1", "--as-of", "2026-07-01T08:00:00+08:00", "--comment", "For the committee");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(Guid.TryParse(asked.RequestId, out _));
        Assert.Equal(("dmc-1", Instant, "For the committee"), (asked.Label, asked.AsOfTime, asked.Comment));
        Assert.Matches("dmc-1 +2026-07-01 00:00:00Z +1,234 +2026-07-01 00:00:00Z +study-team +For the committee", run.Output);
    }

    [Fact]
    public async Task All_pages_are_listed_in_one_table_or_a_message_a_line()
    {
        Assert.Contains("There are no snapshots", (await CommandLineRun.RunAsync(platform, "snapshot", "list")).Output, StringComparison.Ordinal);
        platform.Analytics.Snapshots.AddRange([Snapshot("second", ""), Snapshot("first", "")]);

        var run = await CommandLineRun.RunAsync(platform, "snapshot", "list");
        var json = await CommandLineRun.RunAsync(platform, "snapshot", "list", "--json");

        Assert.Equal(["Label", "second", "first"], run.Lines.Select(line => line.Trim().Split(' ')[0]));
        Assert.Equal(platform.Analytics.Snapshots, json.Lines.Select(Google.Protobuf.JsonParser.Default.Parse<Snapshot>));
    }

    [Theory]
    [InlineData("Name the label.", "create")]
    [InlineData("list takes no label.", "list", "first")]
    [InlineData("Give --as-of an instant", "create", "second", "--as-of", "first")]
    [InlineData("neither an instant", "create", "second", "--as-of", "2026-99-01")]
    public async Task A_line_that_makes_no_sense_is_refused(string message, params string[] args)
    {
        var run = await CommandLineRun.RunAsync(platform, ["snapshot", .. args]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static Snapshot Snapshot(string label, string comment) =>
        new() { Label = label, AsOfTime = Instant, CreateTime = Instant, VersionCount = 1234, Actor = "study-team", Client = "study-team", Comment = comment };
}
