using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;
using Google.Protobuf;
using Xunit.Abstractions;

namespace Equecel.Analytics.Tests.Snapshots;

[Collection(Servers.Name)]
public sealed class BatchTests(TestPostgres postgres, TestRabbitMq rabbit, ITestOutputHelper output)
{
    [Fact]
    public async Task What_came_change_by_change_in_any_order_and_twice_is_what_a_batch_computes_from_all_records()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("EQUECEL_SEED") ?? $"{Random.Shared.Next()}", CultureInfo.InvariantCulture);
        output.WriteLine($"EQUECEL_SEED={seed} makes this study again.");
        var study = new RandomStudy(seed);
        List<IMessage> saved = [.. study.Enrol(150), .. study.Change(400), .. study.Enrol(150), .. study.Change(800)];

        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var incremental = await platform.StartAnalyticsAsync();
        await incremental.CurveOfAsync(0);
        foreach (var some in study.Shuffled(saved).Chunk(500))
        {
            await platform.Broker.PublishAsync(some);

            // What was answered in between must not stay.
            await incremental.Client.GetSurvivalCurveAsync(new() { Endpoint = V1.Endpoint.OverallSurvival, Grouping = V1.Grouping.Site }, incremental.Study);
            await incremental.Client.GetTableAsync(new() { Topic = V1.Topic.BestResponse, Grouping = V1.Grouping.Provenance }, incremental.Study);
        }

        await incremental.CurveOfAsync(saved.Count);
        platform.Capture.Saved.Add(saved);
        Assert.Empty(await incremental.QueryAsync<string>("select reason from parked_messages"));

        // The columns: as they are, as the stored versions make them, and as the records make them here.
        Assert.True(incremental.Part<LiveCohort>().TryRead(asOf: null, cohort => Rows(cohort.Columns), out var live));
        var (table, _) = await incremental.Part<StoredCohort>().LoadAsync(asOf: null, CancellationToken.None);
        Assert.Equal(Rows(table.Columns), live);
        Assert.Equal(Rows(study.Latest), live);

        // The answers: of one that has read everything in its order, from the beginning.
        await using var other = await Platform.StartAsync(postgres, rabbit);
        other.Capture.Saved.Add(saved);
        await using var batch = await other.StartAnalyticsAsync();
        await batch.CurveOfAsync(saved.Count);
        Assert.Equal((await AllAnswers.AskAsync(batch, study.Clock)).ToBytes(), (await AllAnswers.AskAsync(incremental, study.Clock)).ToBytes());
        Assert.Equal((await AllAnswers.AskAsync(batch)).WithoutPosition(), (await AllAnswers.AskAsync(incremental)).WithoutPosition());
        var middle = Sent.HeaderOf(saved[saved.Count / 2]).SaveTime.ToDateTimeOffset();
        Assert.Equal((await AllAnswers.AskAsync(batch, middle)).ToBytes(), (await AllAnswers.AskAsync(incremental, middle)).ToBytes());
    }

    private static List<string> Rows(CohortColumns columns) =>
        [.. Enumerable.Range(0, columns.Count).Select(row => $"{columns.Sites[columns.SiteOf(row)]} {columns[row]}").Order(StringComparer.Ordinal)];

    private static List<string> Rows(IEnumerable<IMessage> latest) =>
    [
        .. latest.GroupBy(record => Sent.HeaderOf(record).Participant)
            .Select(records => $"{records.Key[..2]} {ParticipantFacts.Derive(records.Select(record => RecordFacts.Of(Sent.HeaderOf(record), Form(record))!.Value).ToArray())}")
            .Order(StringComparer.Ordinal),
    ];

    private static IMessage Form(IMessage record) =>
        (IMessage)record.Descriptor.Oneofs.Single(oneof => oneof.Name == "form").Accessor.GetCaseFieldDescriptor(record).Accessor.GetValue(record);
}
