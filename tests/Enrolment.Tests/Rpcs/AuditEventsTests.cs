using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>What happens beside the saves is kept: who was refused, who read whose records, what was exported and taken away.</summary>
public sealed class AuditEventsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    private const string Service = "/equecel.enrolment.v1.EnrolmentService/";

    [Fact]
    public async Task A_refused_call_is_kept_with_who_what_and_what_it_lacked()
    {
        var participant = await enrolment.EnrolAsync("02");
        await Problem.OfAsync(async () => await enrolment.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant }));
        await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp())));
        await Problem.OfAsync(async () => await enrolment.StudyTeam.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp())));
        await Problem.OfAsync(async () => await enrolment.With(null).ListRecordsAsync(new ListRecordsRequest { Participant = "x'; drop table journal" }));

        var events = await EventsAsync(events => events.Count(told => told.Kind == AuditEventKind.AccessRefused) >= 4);
        Assert.Contains(events, told => told is { Client: "site-01", Method: $"{Service}ListRecords", Detail: "OTHER_SITE site 01" } && told.Subject == participant);
        Assert.Contains(events, told => told is { Client: "site-01", Method: $"{Service}SubmitRecord", Detail: "OTHER_SITE site 01" } && told.Subject == participant);
        Assert.Contains(events, told => told is { Client: "study-team", Detail: "SCOPE_MISSING scope equecel.capture" } && told.Subject == participant);
        Assert.Contains(events, told => told is { Client: "", Actor: "", Subject: "", Detail: "TOKEN_NOT_ACCEPTED" });
    }

    [Fact]
    public async Task Reads_of_a_participant_by_who_sees_all_sites_are_kept_and_a_sites_own_are_not()
    {
        var participant = await enrolment.EnrolAsync();
        var record = (await enrolment.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "participation" } })).Records.Single();
        await enrolment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = record.Header.RecordId });
        for (var i = 0; i < 3; i++)
        {
            await enrolment.StudyTeam.GetRecordAsync(new GetRecordRequest { RecordId = record.Header.RecordId });
        }

        await enrolment.StudyTeam.ListVersionsAsync(new ListVersionsRequest { RecordId = record.Header.RecordId });
        await enrolment.StudyTeam.ListRecordsAsync(new ListRecordsRequest { Participant = participant });

        var reads = (await EventsAsync(events => events.Where(told => told.Subject == participant).Sum(told => told.Count) >= 5)).Where(told => told.Subject == participant).ToList();
        Assert.All(reads, read => Assert.Equal((AuditEventKind.ParticipantRead, "study-team"), (read.Kind, read.Client)));
        Assert.Equal(
            [("GetRecord", 3L), ("ListRecords", 1L), ("ListVersions", 1L)],
            reads.GroupBy(read => read.Method[Service.Length..]).Select(rpc => (rpc.Key, rpc.Sum(read => read.Count))).Order());
    }

    [Fact]
    public async Task Lists_over_many_participants_are_kept_as_exports_and_a_sites_own_are_not()
    {
        await enrolment.EnrolAsync();
        await enrolment.Site01.ListRecordsAsync(new ListRecordsRequest { PageSize = 1 });
        await enrolment.Site01.ListQueriesAsync(new ListQueriesRequest());
        await enrolment.StudyTeam.ListQueriesAsync(new ListQueriesRequest { Site = "01" });
        for (var i = 0; i < 3; i++)
        {
            await enrolment.StudyTeam.ListRecordsAsync(new ListRecordsRequest { PageSize = 1 });
        }

        var lists = (await EventsAsync(events => events.Where(told => told.Detail == "list").Sum(list => list.Count) >= 4)).Where(told => told.Detail == "list").ToList();
        Assert.All(lists, list => Assert.Equal((AuditEventKind.Exported, "study-team"), (list.Kind, list.Client)));
        Assert.Equal(
            [("ListQueries", "01", 1L), ("ListRecords", "", 3L)],
            lists.GroupBy(list => (Rpc: list.Method[Service.Length..], list.Subject)).Select(one => (one.Key.Rpc, one.Key.Subject, one.Sum(list => list.Count))).Order());
    }

    [Fact]
    public async Task Exports_checks_and_redactions_are_kept()
    {
        var participant = await enrolment.EnrolAsync();
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
        await enrolment.Site01.SubmitRecordAsync(Form.Amend(record));
        using (var call = enrolment.Site01.ExportTrail(new ExportTrailRequest { Participant = participant }))
        {
            Assert.Equal(3, await call.ResponseStream.ReadAllAsync().CountAsync(entry => entry.Header.Kind != "baseline_profile"));
        }

        using (var call = enrolment.StudyTeam.VerifyJournal(new VerifyJournalRequest()))
        {
            Assert.NotEmpty(await call.ResponseStream.ReadAllAsync().ToListAsync());
        }

        await enrolment.As("privacy-office", "equecel.redact").RedactVersionAsync(new RedactVersionRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = record.Header.RecordId,
            Version = 1,
            Reason = "A name",
        });

        var events = await EventsAsync(events => events.Exists(told => told.Kind == AuditEventKind.JournalVerified));
        Assert.Contains(events, told => told is { Kind: AuditEventKind.Exported, Client: "site-01" } && told.Subject == participant);
        Assert.Contains(events, told => told is { Kind: AuditEventKind.Redacted, Client: "privacy-office", Detail: "A name" } && told.Subject == $"{record.Header.RecordId}/1");
        Assert.Contains(events, told => told is { Kind: AuditEventKind.Exported, Client: "study-team", Detail: "audit events" });
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(told => told.Number));
    }

    private Task<List<AuditEvent>> EventsAsync(Predicate<List<AuditEvent>> enough) => Eventually.GetAsync(
        async () =>
        {
            using var call = enrolment.StudyTeam.ExportAuditEvents(new ExportAuditEventsRequest());
            return await call.ResponseStream.ReadAllAsync().ToListAsync();
        },
        events => enough(events));
}
