using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Enrolment.Tests.Rpcs;

public sealed class RedactVersionTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    private EnrolmentService.EnrolmentServiceClient Privacy => enrolment.As("privacy-office", "equecel.redact");

    [Fact]
    public async Task What_a_version_said_is_gone_everywhere_its_hashes_stay_and_the_scar_shows()
    {
        var (record, amended) = await AmendedAsync();
        var request = Redact(record);
        var redacted = await Privacy.RedactVersionAsync(request);

        Assert.Equal(("privacy-office", "A name in the batch number"), (redacted.Header.Redaction.Client, redacted.Header.Redaction.Reason));
        Assert.Equal((new Infusion(), record.Header.Hash), (redacted.Infusion, redacted.Header.Hash));
        Assert.Equal(redacted, await enrolment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = record.Header.RecordId, Version = 1 }));
        Assert.Equal(redacted, (await enrolment.Site01.ListVersionsAsync(new ListVersionsRequest { RecordId = record.Header.RecordId })).Versions[0]);
        Assert.Equal(amended, await enrolment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = record.Header.RecordId }));
        Assert.Equal(0L, await enrolment.AskAsync<long>($"select count(*) from journal where position(convert_to('{record.Infusion.BatchNumber}', 'UTF8') in content) > 0"));

        var told = await Eventually.GetAsync(() => FeedAsync(record), told => told.Count == 3);
        Assert.Equal([1, 2, 1], told.Select(change => change.Header.Version));
        Assert.Equal(redacted, told[2]);
        Assert.Equal(redacted, await Privacy.RedactVersionAsync(request));
    }

    [Fact]
    public async Task The_journal_is_still_proved_and_a_redaction_without_its_audit_event_is_found()
    {
        var (record, _) = await AmendedAsync();
        await Privacy.RedactVersionAsync(Redact(record));
        var found = await VerifyAsync(record.Header.RecordId);
        Assert.Equal([("", true), ("", false)], found.Select(version => (version.Fault, version.Redacted)));

        // Somebody with all rights takes content away by himself.
        var (other, _) = await AmendedAsync();
        await enrolment.AskAsync<bool>($"""
            alter table journal disable trigger all;
            update journal set content = '', redaction = '' where record_id = '{other.Header.RecordId}' and version = 1;
            alter table journal enable trigger all; select true
            """);
        Assert.Equal("content taken away without an audit event", (await VerifyAsync(other.Header.RecordId))[0].Fault);
        await enrolment.AskAsync<bool>($"""
            alter table journal disable trigger all;
            delete from journal where record_id = '{other.Header.RecordId}'; delete from records where record_id = '{other.Header.RecordId}';
            alter table journal enable trigger all; select true
            """);
    }

    [Fact]
    public async Task The_version_that_counts_is_amended_or_retracted_first()
    {
        var (_, amended) = await AmendedAsync();
        var problem = await Problem.OfAsync(async () => await Privacy.RedactVersionAsync(Redact(amended)));
        Assert.Equal("FailedPrecondition RECORD_STATE", problem.Why);
        Assert.Contains("Amend or retract it first", problem.Details.Message, StringComparison.Ordinal);

        await enrolment.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = amended.Header.RecordId,
            ExpectedVersion = 2,
            Reason = "Another person's",
        });
        Assert.NotNull((await Privacy.RedactVersionAsync(Redact(amended))).Header.Redaction);
        Assert.NotNull((await Privacy.RedactVersionAsync(Redact(amended, version: 3))).Header.Redaction);
        Assert.Equal("{}", await enrolment.AskAsync<string>($"select form::text from records where record_id = '{amended.Header.RecordId}'"));
    }

    [Fact]
    public async Task What_is_not_there_was_redacted_before_or_has_the_request_id_of_something_else_is_refused()
    {
        var (record, _) = await AmendedAsync();
        var request = Redact(record);
        await Privacy.RedactVersionAsync(request);

        Assert.Equal("FailedPrecondition RECORD_STATE", (await Problem.OfAsync(async () => await Privacy.RedactVersionAsync(Redact(record)))).Why);
        var other = request.Clone();
        other.Version = 2;
        Assert.Equal("AlreadyExists REQUEST_ID_REUSED", (await Problem.OfAsync(async () => await Privacy.RedactVersionAsync(other))).Why);
        Assert.Equal("NotFound RECORD_NOT_FOUND", (await Problem.OfAsync(async () => await Privacy.RedactVersionAsync(Redact(record, version: 9)))).Why);
        var missing = await Problem.OfAsync(async () => await Privacy.RedactVersionAsync(new RedactVersionRequest { RecordId = "x", Reason = " " }));
        Assert.Equal(["request_id", "reason", "version"], missing.Fields);
    }

    [Fact]
    public async Task Only_who_answers_for_personal_data_may()
    {
        var (record, _) = await AmendedAsync();
        foreach (var client in (EnrolmentService.EnrolmentServiceClient[])[enrolment.Site01, enrolment.StudyTeam, enrolment.StudyOffice, enrolment.Safety])
        {
            var problem = await Problem.OfAsync(async () => await client.RedactVersionAsync(Redact(record)));
            Assert.Equal(("PermissionDenied SCOPE_MISSING", "equecel.redact"), (problem.Why, problem.Detail<ErrorInfo>().Metadata["scope"]));
        }
    }

    private async Task<(EnrolmentRecord Record, EnrolmentRecord Amended)> AmendedAsync()
    {
        var form = Form.Infusion();
        form.BatchNumber = $"Zhang San {Guid.NewGuid():N}"[..20];
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), form));
        return (record, await enrolment.Site01.SubmitRecordAsync(Form.Amend(record, amend => amend.Infusion.BatchNumber = "B-1")));
    }

    private static RedactVersionRequest Redact(EnrolmentRecord record, int? version = null) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        RecordId = record.Header.RecordId,
        Version = version ?? record.Header.Version,
        Reason = "A name in the batch number",
    };

    private async Task<List<EnrolmentRecord>> FeedAsync(EnrolmentRecord record)
    {
        using var call = enrolment.Site01.WatchRecords(new WatchRecordsRequest { UntilCaughtUp = true });
        return await call.ResponseStream.ReadAllAsync().Select(change => change.Record).OfType<EnrolmentRecord>()
            .Where(told => told.Header.RecordId == record.Header.RecordId).ToListAsync();
    }

    private async Task<List<VerifiedVersion>> VerifyAsync(string recordId)
    {
        using var call = enrolment.StudyTeam.VerifyJournal(new VerifyJournalRequest());
        return await call.ResponseStream.ReadAllAsync().Where(version => version.RecordId == recordId).ToListAsync();
    }
}
