using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Tests.Operate;

public sealed class ReplayCommandTests : IAsyncLifetime
{
    private static readonly Timestamp Noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).ToTimestamp();

    private readonly List<ReplayParkedMessagesRequest> asked = [];
    private TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.Parked.AddRange(Enumerable.Range(1, 3).Select(i => new ParkedMessage
        {
            ParkedId = i,
            MessageId = $"r{i}/1",
            RoutingKey = "safety.death",
            Reason = "not protobuf",
            FirstTime = Noon,
            LastTime = Noon,
            AttemptCount = i,
            BodySizeBytes = 2,
        }));
        platform.Analytics.OnReplay = request =>
        {
            asked.Add(request);
            return [new() { ParkedId = 1, MessageId = "r1/1", Taken = true }, new() { ParkedId = 2, MessageId = "r2/1", Reason = "not protobuf" }];
        };
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Without_saying_which_it_shows_what_is_parked_page_by_page()
    {
        var run = await CommandLineRun.RunAsync(platform, "replay", "parked");

        Assert.Equal((0, 0), (run.ExitCode, asked.Count));
        Assert.Equal(
            ["3", "r3/1", "safety.death", "2026-01-01", "12:00:00Z", "3", "2", "not", "protobuf"],
            run.Lines.Single(line => line.Contains("r3/1", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("When the cause is gone, replay them with --id, --reason or --all.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nothing_is_parked_it_says_so()
    {
        platform.Analytics.Parked.Clear();

        Assert.Equal("Nothing is parked.\n", (await CommandLineRun.RunAsync(platform, "replay", "parked")).Output);
    }

    [Fact]
    public async Task What_was_replayed_before_is_shown_when_asked_for()
    {
        platform.Analytics.Parked[0].ReplayTime = Noon;

        Assert.DoesNotContain("r1/1", (await CommandLineRun.RunAsync(platform, "replay", "parked")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "replayed 2026-01-01 12:00:00Z; was: not protobuf",
            (await CommandLineRun.RunAsync(platform, "replay", "parked", "--with-replayed")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stays_parked_is_named_and_the_exit_code_tells()
    {
        var run = await CommandLineRun.RunAsync(platform, "replay", "parked", "--all");

        Assert.Equal(1, run.ExitCode);
        Assert.True(Assert.Single(asked).All);
        Assert.Equal(["2  r2/1  stays parked: not protobuf", "1 taken in, 1 parked still."], run.Lines);
    }

    [Fact]
    public async Task Messages_are_chosen_by_number_or_by_reason()
    {
        await CommandLineRun.RunAsync(platform, "replay", "parked", "--id", "3", "4");
        var run = await CommandLineRun.RunAsync(platform, "replay", "parked", "--reason", "not protobuf", "--json");

        Assert.Equal([3L, 4L], asked[0].ParkedIds);
        Assert.Equal("not protobuf", asked[1].Reason);
        Assert.Equal([true, false], run.Lines.Select(line => JsonParser.Default.Parse<ReplayedMessage>(line).Taken));
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "journal")]
    [InlineData("replay", "parked", "--all", "--id", "3")]
    public async Task A_command_line_that_is_not_clear_replays_nothing(params string[] args)
    {
        Assert.Equal(2, (await CommandLineRun.RunAsync(platform, args)).ExitCode);
        Assert.Empty(asked);
    }
}
