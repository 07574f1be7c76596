using Equecel.Records.Queries;
using Equecel.Records.V1;

namespace Equecel.Records.Tests.Queries;

/// <summary>Questions over several services as they are stored, on PostgreSQL.</summary>
public sealed class CrossCheckSaverTests(TestPostgres postgres) : IClassFixture<TestPostgres>
{
    private const string Queries =
        "select coalesce(string_agg((form ->> 'code') || ' ' || version || ' ' || (form ->> 'state') || coalesce(' ' || (form ->> 'closure'), ''), ', ' order by natural_key), '') from records where kind = 'data_query'";

    [Fact]
    public async Task What_is_asked_opens_once_closes_when_it_is_asked_no_more_and_opens_again()
    {
        await using var service = await CaptureService.StartAsync(await postgres.CreateDatabaseAsync());
        var record = CaptureService.Entry();
        await service.SaveAsync(record);
        var asked = CrossCheckComparisonTests.Request("01-0001", $"{record.RecordId}", version: 1);
        var notAsked = new SetCrossChecksRequest { Participants = { new ParticipantCrossChecks { Participant = "01-0001" } } };

        await SetAsync(service, asked);
        await SetAsync(service, asked);
        Assert.Equal("E26 1 STATE_OPEN", await service.AskAsync<string>(Queries));
        await SetAsync(service, notAsked);
        await SetAsync(service, notAsked);
        Assert.Equal("E26 2 STATE_CLOSED CLOSURE_BY_DATA", await service.AskAsync<string>(Queries));
        await SetAsync(service, asked);
        Assert.Equal("E26 3 STATE_OPEN", await service.AskAsync<string>(Queries));
        Assert.Equal(3, await service.AskAsync<long>("select count(*) from journal where kind = 'data_query' and actor = 'analytics' and client = 'analytics-service'"));
    }

    [Fact]
    public async Task The_services_own_query_of_the_same_code_and_field_is_another_and_each_closes_its_own()
    {
        await using var service = await CaptureService.StartAsync(await postgres.CreateDatabaseAsync());
        var record = CaptureService.Entry(findings: "E26");
        await service.SaveAsync(record);
        var request = CrossCheckComparisonTests.Request("01-0001", $"{record.RecordId}", version: 1);
        request.Participants[0].Questions[0].Field = "status_date";
        await SetAsync(service, request);
        await BecomesAsync(service, "E26 1 STATE_OPEN, E26 1 STATE_OPEN");

        // The service's own is closed by its data; what Analytics asked of the version before waits until it looks again.
        await service.SaveAsync(CaptureService.Entry(record: record.RecordId, version: 2));
        await BecomesAsync(service, "E26 2 STATE_CLOSED CLOSURE_BY_DATA, E26 1 STATE_OPEN");
        var answer = await SetAsync(service, request);
        Assert.Equal([$"{record.RecordId}"], answer.OutdatedRecordIds);
        Assert.Equal("E26 2 STATE_CLOSED CLOSURE_BY_DATA, E26 1 STATE_OPEN", await service.AskAsync<string>(Queries));

        await service.SaveAsync(CaptureService.Entry(record: record.RecordId, version: 3, state: RecordState.Retracted));
        await BecomesAsync(service, "E26 2 STATE_CLOSED CLOSURE_BY_DATA, E26 2 STATE_CLOSED CLOSURE_RECORD_RETRACTED");
        Assert.Equal([$"{record.RecordId}"], (await SetAsync(service, request)).UnknownRecordIds);
    }

    [Fact]
    public async Task Nothing_changes_of_participants_who_are_not_named()
    {
        await using var service = await CaptureService.StartAsync(await postgres.CreateDatabaseAsync());
        var (one, two) = (CaptureService.Entry(), CaptureService.Entry(participant: "01-0002"));
        await service.Writer.SaveAsync([one, two]);
        await SetAsync(service, CrossCheckComparisonTests.Request("01-0001", $"{one.RecordId}", version: 1));
        await SetAsync(service, CrossCheckComparisonTests.Request("01-0002", $"{two.RecordId}", version: 1));

        Assert.Equal("E26 1 STATE_OPEN, E26 1 STATE_OPEN", await service.AskAsync<string>(Queries));
    }

    [Fact]
    public async Task Two_who_ask_the_same_at_once_open_one_query()
    {
        await using var service = await CaptureService.StartAsync(await postgres.CreateDatabaseAsync());
        var record = CaptureService.Entry();
        await service.SaveAsync(record);
        var request = CrossCheckComparisonTests.Request("01-0001", $"{record.RecordId}", version: 1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SetAsync(service, request)));

        Assert.Equal("E26 1 STATE_OPEN", await service.AskAsync<string>(Queries));
    }

    private static Task<SetCrossChecksResponse> SetAsync(CaptureService service, SetCrossChecksRequest request) =>
        service.CrossChecks.SetAsync(request, new Asker("analytics", "analytics-service"), CancellationToken.None);

    private static Task<string> BecomesAsync(CaptureService service, string expected) =>
        Eventually.GetAsync(() => service.AskAsync<string>(Queries), queries => queries == expected);
}
