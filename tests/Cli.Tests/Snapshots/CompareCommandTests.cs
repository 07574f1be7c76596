using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Tests.Snapshots;

public sealed class CompareCommandTests : IAsyncLifetime
{
    private static readonly Timestamp Instant = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).ToTimestamp();

    private TestPlatform platform = null!;
    private CompareSnapshotsRequest asked = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.OnCompare = request =>
        {
            asked = request;
            return Steps();
        };
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Differences_are_a_table_for_each_participant_with_the_records_that_made_them()
    {
        var run = await CommandLineRun.RunAsync(platform, "compare", "interim-1", "2026-07-01T00:00:00Z", "--site", "01", "--cutoff", "2026-06-30");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            new CompareSnapshotsRequest { From = new() { Snapshot = "interim-1" }, To = new() { AsOfTime = Instant }, Sites = { "01" }, DataCutoffDate = "2026-06-30" },
            asked);
        Assert.Equal("01-0001", run.Lines[0]);
        Assert.Matches("Fact +Before +After +Changed by", run.Lines[1]);
        Assert.Matches("os +censored +event +1", run.Lines[2]);
        Assert.Matches("death-date +– +2026-05-01 +1", run.Lines[3]);
        Assert.Equal("  1  safety death r1, version – → 2", run.Lines[4]);
        Assert.Equal("       version 1 entered 2026-07-01 00:00:00Z by site-01", run.Lines[5]);
        Assert.Equal("       version 2 amended 2026-07-01 00:00:00Z by site-01: Typed wrong", run.Lines[6]);
        Assert.Contains("3 versions about 2 participants were saved between; the facts of 1 differ.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_steps_as_they_came_and_without_a_second_moment_it_is_now()
    {
        var run = await CommandLineRun.RunAsync(platform, "compare", "interim-1", "--json");

        Assert.Equal(new CompareSnapshotsRequest { From = new() { Snapshot = "interim-1" } }, asked);
        Assert.Equal(Steps(), run.Lines.Select(Google.Protobuf.JsonParser.Default.Parse<CompareSnapshotsResponse>));
    }

    private static IEnumerable<CompareSnapshotsResponse> Steps()
    {
        var death = new RecordDifference
        {
            Service = "safety",
            Kind = "death",
            RecordId = "r1",
            VersionAfter = 2,
            Changes =
            {
                new VersionChange { Version = 1, SaveTime = Instant, Actor = "site-01" },
                new VersionChange { Version = 2, SaveTime = Instant, Actor = "site-01", Reason = "Typed wrong" },
            },
        };
        yield return new CompareSnapshotsResponse
        {
            Participant = new ParticipantDifference
            {
                Participant = "01-0001",
                Site = "01",
                Facts =
                {
                    new FactDifference { Fact = "os", Before = "censored", After = "event", Records = { death } },
                    new FactDifference { Fact = "death-date", After = "2026-05-01", Records = { death } },
                },
            },
        };
        yield return new CompareSnapshotsResponse
        {
            Summary = new ComparisonSummary
            {
                From = new() { AsOfTime = Instant, VersionCount = 10 },
                To = new() { AsOfTime = Instant, VersionCount = 13 },
                VersionCount = 3,
                ParticipantCount = 2,
                DifferentCount = 1,
            },
        };
    }
}
