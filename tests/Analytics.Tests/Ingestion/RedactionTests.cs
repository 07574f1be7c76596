using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Operations;
using Equecel.Analytics.Tests.Support;
using Equecel.Safety.V1;
using Equecel.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class RedactionTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task What_its_service_took_away_is_taken_away_here_and_the_hash_stays()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var death = Sent.Death("01-0001", "2024-01-25");
        var amended = death.Next(record => record.Death.DeathDate = "2024-01-26").SavedAt(Sent.SaveTime.AddDays(1));
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), death, amended);
            await before.CurveOfAsync(3);

            platform.Capture.Saved.HasDigests = false;
            platform.Capture.Saved.Add(death.Redacted());
            before.CatchUp();
            await AnalyticsHost.UntilAsync(async () => (await before.QueryAsync<byte[]>(Content)) is [var content, _] && !Contains(content, "2024-01-25"));

            // Late, and as it was before: it does not come back.
            await platform.Broker.PublishAsync(death);
            await platform.Broker.PublishAsync(Sent.Participation("01-0001"));
            await before.CurveOfAsync(4);
        }

        await using var analytics = await platform.StartAnalyticsAsync();
        platform.Capture.Saved.HasDigests = true;
        Assert.Equal(12, Assert.Single((await analytics.CurveOfAsync(4)).Strata.Single().Points).Days);
        Assert.Equal(0, (await analytics.CurveAsync(request => request.AsOfTime = Sent.SaveTime.ToTimestamp())).Strata.Single().EventCount);
        Assert.False(Contains((await analytics.QueryAsync<byte[]>(Content))[0], "2024-01-25"));
        Assert.Equal(death.Header.Hash.ToByteArray(), (await analytics.QueryAsync<byte[]>("select hash from record_versions where kind = 'death' and version = 1")).Single());
        Assert.Empty(await analytics.QueryAsync<string>("select reason from parked_messages"));
    }

    [Fact]
    public async Task A_parked_copy_of_it_is_emptied_and_no_replay_brings_it_back()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        var death = Sent.Death("01-0001", "2024-01-25");
        var other = Sent.Death("01-0002", "2024-01-25");
        var spoilt = new SafetyRecordChange { Record = death }.ToByteArray().SkipLast(1).ToArray();
        await ParkAsync(analytics, Message(death), Message(other), new("analytics.records.v1", Message(death).Properties, () => spoilt));
        Assert.Equal(["cannot be stored", "cannot be stored", "cannot be stored"], await analytics.QueryAsync<string>("select reason from parked_messages"));

        await TakeAsync(analytics, death.Redacted());

        const string Note = "cannot be stored (taken away: its service redacted the version)";
        Assert.Equal([Note, "cannot be stored", Note], await analytics.QueryAsync<string>("select reason from parked_messages order by parked_id"));
        Assert.Equal([0, Message(other).Body().Length, 0], await analytics.QueryAsync<int>("select length(body) from parked_messages order by parked_id"));
        Assert.Equal([2L], await analytics.QueryAsync<long>("select parked_id from parked_messages where replay_time is null"));

        // Late, as it was before, and of no use: neither a copy that is known nor another one keeps it.
        await ParkAsync(analytics, Message(death));
        death.Header.Hash = ByteString.CopyFrom(new byte[32]);
        await TakeAsync(analytics, death);
        Assert.Equal(4, (await analytics.QueryAsync<long>("select parked_id from parked_messages")).Count);
        Assert.Equal([2L], await analytics.QueryAsync<long>("select parked_id from parked_messages where replay_time is null or length(body) > 0"));
        Assert.Equal([2], await analytics.QueryAsync<int>("select attempts from parked_messages where parked_id = 1"));

        var replay = analytics.Part<Replay>();
        Assert.Equal([2L], await replay.FindAsync(new() { All = true }, CancellationToken.None));
        Assert.Null(await replay.RunAsync(1, "somebody", CancellationToken.None));
        Assert.False(Contains((await analytics.QueryAsync<byte[]>(Content)).Single(), "2024-01-25"));
    }

    [Fact]
    public async Task Of_a_version_that_arrives_beside_its_redaction_only_that_is_kept()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        var death = Sent.Death("01-0001", "2024-01-25");

        await TakeAsync(analytics, death, death.Redacted());

        Assert.False(Contains((await analytics.QueryAsync<byte[]>(Content)).Single(), "2024-01-25"));
    }

    private static ReceivedMessage Message(SafetyRecord record) => new(
        "feed:safety", new Dictionary<string, string?> { ["type"] = SafetyRecordChange.Descriptor.FullName }, () => new SafetyRecordChange { Record = record }.ToByteArray());

    private static Task TakeAsync(AnalyticsHost analytics, params SafetyRecord[] records) => analytics.Part<Ingestor>().TakeAsync(
        [.. records.Select(record => analytics.Part<MessageReader>().Read(Message(record)))], position: null, CancellationToken.None);

    private static Task ParkAsync(AnalyticsHost analytics, params ReceivedMessage[] messages) => analytics.Part<Ingestor>().TakeAsync(
        [.. messages.Select(message => new Arrival(message, Version: null, "cannot be stored"))], position: null, CancellationToken.None);

    private const string Content = "select content from record_versions where kind = 'death' order by version";

    private static bool Contains(byte[] content, string text) => content.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
}
