using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Google.Protobuf;
using Kind = Equecel.Analytics.V1.ReconcileFinding.Types.Kind;

namespace Equecel.Cli.Tests.Operate;

public sealed class ReconcileCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task What_was_missing_and_is_fetched_leaves_both_sides_the_same()
    {
        platform.Analytics.OnReconcile = request =>
        [
            new() { Service = "safety", Finding = new() { Kind = Kind.Fetched, RecordId = "r1", Version = 2 } },
            new() { Service = "safety", Summary = new() { ComparedCount = 1234, FetchedCount = 1 } },
        ];

        var run = await CommandLineRun.RunAsync(platform, "reconcile", "--service", "safety");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("safety r1 v2: was missing, and was fetched", run.Lines[0]);
        Assert.Equal(["safety", "1,234", "1", "0", "0", "0"], run.Lines[^2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("Both sides hold the same.", run.Lines[^1]);
    }

    [Theory]
    [InlineData(Kind.Extra, 0, 1, 0, "is unknown to its service, and kept")]
    [InlineData(Kind.Different, 0, 0, 1, "has another hash in its service, and is kept as it is")]
    [InlineData(Kind.Unusable, 1, 0, 0, "is missing, and could not be used when it was fetched: see equecel replay parked")]
    public async Task What_a_person_must_judge_is_named_and_the_exit_code_tells(Kind kind, int missing, int extra, int different, string words)
    {
        platform.Analytics.OnReconcile = request =>
        [
            new() { Service = "safety", Finding = new() { Kind = kind, RecordId = "r1", Version = 2 } },
            new() { Service = "safety", Summary = new() { ComparedCount = 5, MissingCount = missing, ExtraCount = extra, DifferentCount = different } },
        ];

        var run = await CommandLineRun.RunAsync(platform, "reconcile");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"safety r1 v2: {words}", run.Lines[0]);
        Assert.StartsWith("The sides do not hold the same. Nothing was deleted.", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_could_not_be_compared_with_is_not_the_same()
    {
        platform.Analytics.OnReconcile = _ => [new() { Service = "safety", Failure = "Not now." }];

        var run = await CommandLineRun.RunAsync(platform, "reconcile", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("Not now.", JsonParser.Default.Parse<ReconcileProgress>(Assert.Single(run.Lines)).Failure);
    }
}
