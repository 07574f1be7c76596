using Equecel.Records.Store;
using Equecel.Records.V1;

namespace Equecel.Records.Tests.Queries;

/// <summary>Queries that follow what is saved, on PostgreSQL.</summary>
public sealed class QueryFollowerTests(TestPostgres postgres) : IClassFixture<TestPostgres>
{
    private const string Queries = "select string_agg(kind || ' ' || version || ' ' || (form ->> 'state') || coalesce(' ' || (form ->> 'closure'), ''), ', ' order by record_id) from records where kind = 'data_query'";

    [Fact]
    public async Task A_query_is_opened_once_closed_by_the_data_and_opened_again()
    {
        await using var service = await CaptureService.StartAsync(await postgres.CreateDatabaseAsync());
        var first = CaptureService.Entry(findings: "E05");
        await service.SaveAsync(first);
        await BecomesAsync(service, "data_query 1 STATE_OPEN");

        await service.SaveAsync(CaptureService.Entry(record: first.RecordId, version: 2));
        await BecomesAsync(service, "data_query 2 STATE_CLOSED CLOSURE_BY_DATA");

        await service.SaveAsync(CaptureService.Entry(record: first.RecordId, version: 3, findings: "E05"));
        await BecomesAsync(service, "data_query 3 STATE_OPEN");

        await service.SaveAsync(CaptureService.Entry(record: first.RecordId, version: 4, state: RecordState.Retracted));
        await BecomesAsync(service, "data_query 4 STATE_CLOSED CLOSURE_RECORD_RETRACTED");

        var feed = await service.FeedAsync(JournalCursor.Start, 8);
        Assert.Equal(4, feed.Count(version => version.Header.Kind == "data_query" && version.Header.Actor == "enrolment checks"));
        Assert.All(feed, version => Assert.Equal("01-0001", version.Header.Participant));
    }

    [Fact]
    public async Task A_start_from_the_beginning_changes_nothing()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using (var before = await CaptureService.StartAsync(database))
        {
            await before.SaveAsync(CaptureService.Entry(findings: "E05"));
            await BecomesAsync(before, "data_query 1 STATE_OPEN");
        }

        await CaptureService.AskAsync<int>(database, "with gone as (delete from derived_positions returning 1) select count(*)::int from gone");
        await using var service = await CaptureService.StartAsync(database);
        await service.SaveAsync(CaptureService.Entry(participant: "01-0002", findings: "E05 E06"));

        await BecomesAsync(service, "data_query 1 STATE_OPEN, data_query 1 STATE_OPEN, data_query 1 STATE_OPEN");
    }

    [Fact]
    public async Task Two_services_on_one_database_open_a_query_once()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var one = await CaptureService.StartAsync(database);
        await using var two = await CaptureService.StartAsync(database);
        for (var i = 1; i <= 20; i++)
        {
            await (i % 2 == 0 ? one : two).SaveAsync(CaptureService.Entry(participant: $"01-{i:0000}", findings: "E05"));
        }

        await Eventually.GetAsync(() => one.AskAsync<long>("select count(*) from records where kind = 'data_query'"), count => count == 20);
        await one.SaveAsync(CaptureService.Entry(participant: "01-0021", findings: "E05"));
        await Eventually.GetAsync(() => one.AskAsync<long>("select count(*) from records where kind = 'data_query'"), count => count == 21);
        Assert.Equal(21, await one.AskAsync<long>("select count(*) from journal where kind = 'data_query'"));
    }

    [Fact]
    public async Task Only_those_with_findings_or_queries_are_read()
    {
        await using var service = await CaptureService.StartAsync(await postgres.CreateDatabaseAsync());
        await service.Writer.SaveAsync([.. Enumerable.Range(1, 300).Select(i => CaptureService.Entry(participant: $"01-{i:0000}"))]);
        await service.SaveAsync(CaptureService.Entry(participant: "01-9999", findings: "E05"));
        await service.SaveAsync(CaptureService.Entry(participant: "01-9999"));
        await service.FeedAsync(JournalCursor.Start, 302);

        var batch = await new Equecel.Records.Queries.AskedRecords(service.Database).FollowAsync(JournalCursor.Start, CancellationToken.None);

        Assert.True(batch.Count >= 302);
        Assert.NotEmpty(batch.Records);
        Assert.All(batch.Records, record => Assert.Equal("01-9999", record.Participant));
    }

    private static Task<string?> BecomesAsync(CaptureService service, string expected) =>
        Eventually.GetAsync(() => service.AskAsync<string?>($"select coalesce(({Queries}), '')"), queries => queries == expected);
}
