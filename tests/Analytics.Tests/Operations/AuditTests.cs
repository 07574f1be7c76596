using Equecel.Analytics.Operations;
using Equecel.Analytics.Tests.Support;
using Equecel.Records.V1;
using Equecel.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Operations;

[Collection(IngestionServers.Name)]
public sealed class AuditTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Who_looked_at_whom_what_was_exported_and_what_was_ordered_is_kept()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), Sent.Death("01-0001", "2024-01-25"), Sent.Infusion("01-0002", "2024-01-15"));
        await analytics.CurveOfAsync(3);

        await analytics.Client.ListCurveContributorsAsync(
            new() { Step = new() { Survival = new() { Endpoint = V1.Endpoint.OverallSurvival }, Days = 11, Part = V1.CurveStep.Types.Part.Event } }, analytics.Study);
        await EndAsync(analytics.Client.ExportDatasets(new() { Datasets = { V1.Dataset.Adsl } }, analytics.Study).ResponseStream);
        await EndAsync(analytics.Client.ExportDatasets(new(), analytics.Study).ResponseStream);
        await EndAsync(analytics.Client.ListSwimmerLanes(new(), analytics.Study).ResponseStream);
        await EndAsync(analytics.Client.GetReport(new(), analytics.Study).ResponseStream);
        await EndAsync(analytics.Client.CompareSnapshots(new() { From = new() { AsOfTime = new Timestamp() } }, analytics.Study).ResponseStream);
        await EndAsync(analytics.Client.ReplayParkedMessages(new() { All = true }, analytics.Operator).ResponseStream);
        await EndAsync(analytics.Client.Rebuild(new() { FollowOnly = true }, analytics.Operator).ResponseStream);
        await Assert.ThrowsAsync<RpcException>(async () => await analytics.Client.GetTableAsync(new() { Topic = V1.Topic.BestResponse }, analytics.Operator));

        // Reads and refusals are gathered for a second.
        List<AuditEvent> events = [];
        await AnalyticsHost.UntilAsync(async () => (events = await EventsAsync(analytics)).Exists(told => told.Kind == AuditEventKind.AccessRefused)
            && events.Exists(told => told.Kind == AuditEventKind.ParticipantRead));
        Assert.Equal(
            ["AccessRefused GetTable  SCOPE_MISSING scope equecel.study", "Exported CompareSnapshots  comparison of data as of 1970-01-01 00:00:00.000000Z with data", "Exported ExportDatasets  all datasets",
                "Exported ExportDatasets  datasets Adsl", "Exported GetReport  report", "Exported ListSwimmerLanes  swimmer lanes", "Operated ReplayParkedMessages  replay of 0 parked messages",
                "ParticipantRead ListCurveContributors 01-0001 "],
            events.Where(told => !told.Method.EndsWith("ExportAuditEvents", StringComparison.Ordinal))
                .Select(told => $"{told.Kind} {told.Method.Split('/')[^1]} {told.Subject} {told.Detail}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(told => told.Number));
        Assert.Empty(await FaultsAsync(analytics));
    }

    [Fact]
    public async Task What_was_parked_and_replayed_is_kept_by_its_id()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        var death = Sent.Death("01-0001", "soon");
        await platform.Broker.PublishAsync([0xff, 0xff], id: "some\n/1");
        await platform.Broker.PublishAsync(death);
        IReadOnlyList<long> parked = [];
        await AnalyticsHost.UntilAsync(async () =>
            (parked = [.. (await analytics.Client.ListParkedMessagesAsync(new(), analytics.Operator)).Messages.Select(message => message.ParkedId)]).Count == 2);
        await EndAsync(analytics.Client.ReplayParkedMessages(new() { All = true }, analytics.Operator).ResponseStream);

        var events = await EventsAsync(analytics);
        Assert.Equal(
            [$"analytics.records.v1 {death.Header.RecordId}/1 death_date is not a date 2", "analytics.records.v1 some?/1 not protobuf 2"],
            events.Where(told => told is { Kind: AuditEventKind.Parked, Actor: "analytics", Client: "" })
                .GroupBy(told => $"{told.Method} {told.Subject} {told.Detail}").Select(told => $"{told.Key} {told.Sum(one => one.Count)}").Order(StringComparer.Ordinal));
        Assert.Equal($"replay of 2 parked messages: {parked[0]}, {parked[1]}", events.Single(told => told.Kind == AuditEventKind.Operated).Detail);
        Assert.Empty(await FaultsAsync(analytics));
    }

    [Fact]
    public void Of_a_replay_of_many_the_first_numbers_are_named()
    {
        Assert.Equal("replay of 0 parked messages", Replay.Describe([]));
        Assert.Equal("replay of 1 parked messages: 7", Replay.Describe([7]));
        Assert.EndsWith(", 199, 200 and 300 more", Replay.Describe([.. Enumerable.Range(1, 500).Select(id => (long)id)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_leaves_that_cannot_be_kept()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
        await analytics.CurveOfAsync(1);
        await analytics.QueryAsync<string>("alter table audit_events add constraint full_disk check (kind <> 3)");

        var lanes = analytics.Client.ListSwimmerLanes(new(), analytics.Study).ResponseStream;

        await Assert.ThrowsAsync<RpcException>(async () => await lanes.MoveNext(CancellationToken.None));
    }

    [Theory]
    [InlineData("update audit_events set detail = 'datasets' where number = 2", "2 event altered")]
    [InlineData("delete from audit_events where number = 1", "2 event 1 is missing")]
    [InlineData("delete from audit_events where number = 2", "3 event 2 is missing")]
    public async Task What_a_superuser_alters_is_found(string tampering, string fault)
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        for (var i = 0; i < 3; i++)
        {
            await EndAsync(analytics.Client.ListSwimmerLanes(new(), analytics.Study).ResponseStream);
        }

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => analytics.QueryAsync<string>(tampering));
        await analytics.QueryAsync<string>($"alter table audit_events disable trigger all; {tampering}");

        Assert.Equal([fault], await FaultsAsync(analytics));
    }

    [Fact]
    public async Task What_a_superuser_adds_before_the_first_event_is_told_and_found()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        await EndAsync(analytics.Client.ListSwimmerLanes(new(), analytics.Study).ResponseStream);

        await analytics.QueryAsync<string>(
            """
            alter table audit_events drop constraint audit_events_number_check;
            insert into audit_events select -1, kind, event_time, 'nobody', client, method, subject, detail, count, hash from audit_events where number = 1
            """);

        Assert.Equal(["-1 event 1 is missing", "1 event 0 is missing"], await FaultsAsync(analytics));
        Assert.Contains(await EventsAsync(analytics), told => told.Actor == "nobody");
    }

    [Fact]
    public async Task The_service_itself_only_adds()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        await EndAsync(analytics.Client.ListSwimmerLanes(new(), analytics.Study).ResponseStream);

        foreach (var tampering in (string[])[
            "update audit_events set detail = ''", "delete from audit_events", "truncate audit_events", "drop table audit_events", "drop schema public cascade",
            "alter table audit_events disable trigger all", "alter table audit_events rename to others", "drop trigger audit_events_append_only on audit_events",
            "create or replace function refuse_audit_change() returns trigger language plpgsql as 'begin return null; end'",
            "set session_replication_role = replica", "set role postgres"])
        {
            await using var command = analytics.Database.CreateCommand(tampering);
            Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }

        Assert.Empty(await FaultsAsync(analytics));
    }

    [Fact]
    public async Task A_database_of_one_owner_from_before_is_handed_over_but_for_the_audit_events()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await before.CurveOfAsync(0);
            await before.QueryAsync<string>(
                "reassign owned by analytics_service to postgres; revoke all on audit_events from analytics_service; create schema before_rebuild; create table before_rebuild.record_versions ()");
        }

        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        await EndAsync(analytics.Client.Rebuild(new(), analytics.Operator).ResponseStream);

        Assert.Equal(
            ["analytics_service", "postgres audit_events"],
            await analytics.QueryAsync<string>(
                """
                select distinct tableowner || case when tableowner = 'postgres' then ' ' || tablename else '' end from pg_tables
                where schemaname in ('public', 'before_rebuild') order by 1
                """));
        Assert.Contains(await EventsAsync(analytics), told => told.Kind == AuditEventKind.Operated);
    }

    [Fact]
    public async Task A_range_of_time_is_told_and_a_wrong_one_refused()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);
        await EndAsync(analytics.Client.ListSwimmerLanes(new(), analytics.Study).ResponseStream);
        var first = (await EventsAsync(analytics))[0];

        var before = await EventsAsync(analytics, new() { ToTime = first.EventTime });
        var wrong = await Assert.ThrowsAsync<RpcException>(() => EventsAsync(analytics, new() { FromTime = first.EventTime, ToTime = first.EventTime }));

        Assert.Empty(before);
        Assert.Equal(StatusCode.InvalidArgument, wrong.StatusCode);
    }

    private static async Task<List<AuditEvent>> EventsAsync(AnalyticsHost analytics, ExportAuditEventsRequest? request = null)
    {
        using var call = analytics.Client.ExportAuditEvents(request ?? new(), analytics.Study);
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    private static async Task<List<string>> FaultsAsync(AnalyticsHost analytics)
    {
        using var call = analytics.Client.VerifyAuditEvents(new(), analytics.Study);
        return await call.ResponseStream.ReadAllAsync().Select(told => $"{told.AuditEvent} {told.Fault}").ToListAsync();
    }

    private static async Task EndAsync<T>(IAsyncStreamReader<T> responses)
    {
        await foreach (var _ in responses.ReadAllAsync())
        {
            // Only that it was sent.
        }
    }
}
