using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Client;
using Grpc.Core;

namespace Equecel.Cli.Operate;

/// <summary><c>equecel status</c>: how records travel from the journals to Analytics, and whether an operator should act.</summary>
internal sealed class StatusCommand(Surroundings surroundings)
    : PlatformCommand("status", "Shows how far each journal is published and taken in, and what an operator should look into.", surroundings, new CallerOptions(surroundings))
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Is there anything to do?", "equecel status --client operator --secrets .data/secrets.json"),
        ("For a monitor: the exit code is 1 when there is", "equecel status --json --client operator"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var asking = ReadAnalyticsAsync(client, cancellationToken);
        var journals = await JournalReading.ReadAsync(client, cancellationToken);
        var (analytics, failure) = await asking;
        if (failure is not null && journals.All(journal => journal.Failure is not null))
        {
            throw failure;
        }

        var now = DateTimeOffset.UtcNow;
        List<string> alarms = [.. journals.SelectMany(journal => journal.Alarms(now)), .. Alarms(analytics, failure)];
        if (terminal.Json)
        {
            SayJson(terminal, journals, analytics, alarms);
        }
        else
        {
            Say(terminal, journals, analytics, alarms, now);
        }

        return alarms.Count == 0 ? ExitCode.Good : ExitCode.NotSo;
    }

    private static async Task<(IngestionStatus? Status, RpcException? Failure)> ReadAnalyticsAsync(EquecelClient client, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.Analytics.GetIngestionStatusAsync(new(), cancellationToken: cancellationToken), null);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && !cancellationToken.IsCancellationRequested)
        {
            return (null, e);
        }
    }

    private static IEnumerable<string> Alarms(IngestionStatus? analytics, RpcException? failure) =>
        analytics?.Alarms.AsEnumerable() ?? [$"analytics does not answer ({failure!.StatusCode}). Look at its log; records wait at the broker and in the journals."];

    private static void SayJson(Terminal terminal, JournalReading[] journals, IngestionStatus? analytics, List<string> alarms) => terminal.SayJson(new
    {
        journals = journals.ToDictionary(journal => journal.Service, journal => journal.Status is null ? null : JsonNode.Parse(Terminal.ToJson(journal.Status))),
        analytics = analytics is null ? null : JsonNode.Parse(Terminal.ToJson(analytics)),
        alarms,
    });

    private static void Say(Terminal terminal, JournalReading[] journals, IngestionStatus? analytics, List<string> alarms, DateTimeOffset now)
    {
        terminal.SayTable(
            ["Journal", ">Versions", ">Unpublished", ">Oldest", ">Horizon", ">Taken in", ">Behind", ">Missing", ">Extra", ">Different", ">Compared"],
            journals.Select(journal => Row(journal, analytics?.Services.SingleOrDefault(service => service.Service == journal.Service), now)));
        if (analytics is not null)
        {
            terminal.Say($"Broker: {(analytics.Consuming ? "consuming" : "NOT consuming")}, {Known(analytics.HasQueuedCount, analytics.QueuedCount)} queued, "
                + $"{Known(analytics.HasDeadCount, analytics.DeadCount)} dead. Parked: {Count(analytics.ParkedCount)}{Since(analytics.OldestParkedTime, now)}. "
                + $"Holes: {Count(analytics.HoleCount)}. Freshness: {(analytics.Freshness is { } freshness ? $"{freshness.ToTimeSpan().TotalMilliseconds:0} ms" : "nothing taken in")}.");
            if (analytics.Rebuild is { } rebuild)
            {
                terminal.Say($"Rebuilding: {Count(rebuild.ReadCount)} of about {Count(rebuild.ExpectedCount)} versions read.");
            }
        }

        foreach (var alarm in alarms)
        {
            terminal.Say($"! {alarm}");
        }

        terminal.Say(alarms.Count == 0 ? "All is well." : $"{alarms.Count} thing(s) to look into.");
    }

    private static string[] Row(JournalReading journal, FollowedService? followed, DateTimeOffset now) =>
    [
        journal.Service,
        journal.Status is null ? "down" : Count(journal.Status.VersionCount),
        journal.Status?.Relay is { } relay ? Count(relay.UnpublishedCount) : "",
        Age(journal.Status?.Relay?.OldestUnpublishedTime, now),
        journal.Status is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{journal.Status.HorizonAgeSeconds:0.0} s"),
        followed is null ? "" : Count(followed.VersionCount),
        followed is null || journal.Status is null ? "" : Count(journal.Status.VersionCount - followed.VersionCount),
        followed?.LastReconcile is { } missing ? Count(missing.MissingCount) : "",
        followed?.LastReconcile is { } extra ? Count(extra.ExtraCount) : "",
        followed?.LastReconcile is { } different ? Count(different.DifferentCount) : "",
        Age(followed?.LastReconcile?.EndTime, now) is { Length: > 0 } age ? $"{age} ago" : "",
    ];

    private static string Known(bool isKnown, long count) => isKnown ? Count(count) : "?";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Since(Google.Protobuf.WellKnownTypes.Timestamp? time, DateTimeOffset now) => time is null ? "" : $" (the oldest for {Age(time, now)})";

    private static string Age(Google.Protobuf.WellKnownTypes.Timestamp? time, DateTimeOffset now)
    {
        if (time is null)
        {
            return "";
        }

        var age = now - time.ToDateTimeOffset();
        return string.Create(CultureInfo.InvariantCulture, $"{(age.TotalMinutes < 2 ? $"{Math.Max(0, age.TotalSeconds):0} s" : age.TotalHours < 2 ? $"{age.TotalMinutes:0} min" : $"{age.TotalHours:0} h")}");
    }
}
