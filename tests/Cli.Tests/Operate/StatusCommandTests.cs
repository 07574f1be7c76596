using System.Text.Json;
using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Cli.Tests.Operate;

public sealed class StatusCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Enrolment.OnStatus = () => new() { VersionCount = 12_345, Relay = new() { UnpublishedCount = 40, OldestUnpublishedTime = Ago(5) } };
        platform.Safety.OnStatus = () => new() { VersionCount = 7, Relay = new() };
        platform.Analytics.OnStatus = () => new()
        {
            Consuming = true,
            QueuedCount = 3,
            DeadCount = 0,
            Freshness = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(42)),
            Services =
            {
                new FollowedService { Service = "enrolment", VersionCount = 12_300, LastReconcile = new() { EndTime = Ago(200) } },
                new FollowedService { Service = "safety", VersionCount = 7 },
            },
        };
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task When_all_is_well_it_says_so_with_the_figures()
    {
        var run = await CommandLineRun.RunAsync(platform, "status");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["enrolment", "12,345", "40", "5", "s", "0.0", "s", "12,300", "45", "0", "0", "0", "3", "min", "ago"],
            run.Lines.Single(line => line.Contains("enrolment", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Broker: consuming, 3 queued, 0 dead. Parked: 0. Holes: 0. Freshness: 42 ms.", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("All is well.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_services_alarm_about_is_told_and_the_exit_code_says_to_act()
    {
        platform.Enrolment.OnStatus = () => new()
        {
            HorizonAgeSeconds = 61,
            Relay = new() { UnpublishedCount = 40, OldestUnpublishedTime = Ago(90), LastFailure = "BrokerUnreachableException" },
        };
        platform.Safety.OnStatus = () => new()
        {
            FollowerFailures =
            {
                new FollowerFailure { Follower = "enrolment_feed", FailingSince = Ago(61), LastFailure = "Unavailable" },
                new FollowerFailure { Follower = "toxicity_grade", FailingSince = Ago(59), LastFailure = "Unavailable" },
            },
        };
        platform.Analytics.OnStatus = () => new() { ParkedCount = 1, OldestParkedTime = Ago(7200 * 2), Alarms = { "1 message(s) could not be used." } };

        var run = await CommandLineRun.RunAsync(platform, "status");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("! enrolment has 40 version(s) unpublished, the oldest since ", run.Output, StringComparison.Ordinal);
        Assert.Contains("(last failure: BrokerUnreachableException). Look at the broker; saves go on.", run.Output, StringComparison.Ordinal);
        Assert.Contains("! A transaction has been writing on the database server of enrolment for 61 s", run.Output, StringComparison.Ordinal);
        Assert.Contains("! safety has not followed up what was saved with enrolment_feed since ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("toxicity_grade", run.Output, StringComparison.Ordinal);
        Assert.Contains("! 1 message(s) could not be used.", run.Output, StringComparison.Ordinal);
        Assert.Contains("NOT consuming, ? queued, ? dead. Parked: 1 (the oldest for 4 h).", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("4 thing(s) to look into.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_down_does_not_hide_the_others()
    {
        platform.Safety.OnStatus = () => throw Down();

        var run = await CommandLineRun.RunAsync(platform, "status", "--json");

        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("journals").GetProperty("safety").ValueKind);
        Assert.Equal("12345", json.RootElement.GetProperty("journals").GetProperty("enrolment").GetProperty("versionCount").GetString());
        Assert.Equal("3", json.RootElement.GetProperty("analytics").GetProperty("queuedCount").GetString());
        Assert.StartsWith("safety does not answer (Unavailable).", json.RootElement.GetProperty("alarms")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_answers_the_platform_is_not_reachable()
    {
        platform.Assessment.OnStatus = () => throw Down();
        platform.Questionnaire.OnStatus = () => throw Down();
        platform.Safety.OnStatus = () => throw Down();
        platform.Enrolment.OnStatus = () => throw Down();
        platform.Analytics.OnStatus = () => throw Down();

        Assert.Equal(3, (await CommandLineRun.RunAsync(platform, "status")).ExitCode);
    }

    private static RpcException Down() => new(new Status(StatusCode.Unavailable, "Not now."), new Metadata { { "grpc-retry-pushback-ms", "-1" } });

    private static Timestamp Ago(int seconds) => DateTimeOffset.UtcNow.AddSeconds(-seconds).ToTimestamp();
}
