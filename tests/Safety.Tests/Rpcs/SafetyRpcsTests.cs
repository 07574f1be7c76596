using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Rpc;
using Grpc.Core;
using static Equecel.Records.V1.ImportOutcome;

namespace Equecel.Safety.Tests.Rpcs;

/// <summary>The uniform verbs over Safety's forms; what they have in common with Enrolment's is tested there.</summary>
public sealed class SafetyRpcsTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    [Fact]
    public async Task A_death_is_saved_read_amended_retracted_listed_and_followed()
    {
        var participant = safety.Enrol();
        var form = Form.Death();
        form.PrimaryCause = Death.Types.Cause.Infection;
        var request = Form.Submit(participant, form);
        var saved = await safety.Site01.SubmitRecordAsync(request);

        Assert.Equal(("death", "01", "S06? adverse_event_record_id"), (saved.Header.Kind, saved.Header.Site, saved.Header.Findings.Brief()));
        Assert.Equal(saved, await safety.Site01.SubmitRecordAsync(request));
        Assert.Equal(saved, await safety.StudyTeam.GetRecordAsync(new GetRecordRequest { RecordId = saved.Header.RecordId }));

        var amended = await safety.Site01.SubmitRecordAsync(Form.Amend(saved, amend => amend.Death.DeathDate = "2024-06-11"));
        var retracted = await safety.Site01.RetractRecordAsync(
            new RetractRecordRequest { RequestId = Guid.NewGuid().ToString(), RecordId = saved.Header.RecordId, ExpectedVersion = 2, Reason = "Other person" });
        Assert.Equal([saved, amended, retracted], (await safety.Site01.ListVersionsAsync(new ListVersionsRequest { RecordId = saved.Header.RecordId })).Versions);
        Assert.Empty((await safety.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant })).Records);
        Assert.Equal([retracted], (await safety.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, IncludeRetracted = true })).Records);

        var changes = await Eventually.GetAsync(WatchAsync, changes => changes.Exists(change => retracted.Equals(change.Record)));
        Assert.Equal([saved, amended, retracted], changes.Select(change => change.Record).Where(record => record?.Header.RecordId == saved.Header.RecordId));

        async Task<List<SafetyRecordChange>> WatchAsync()
        {
            using var call = safety.Site01.WatchRecords(new WatchRecordsRequest { UntilCaughtUp = true });
            return await call.ResponseStream.ReadAllAsync().ToListAsync();
        }
    }

    [Fact]
    public async Task There_is_one_death_a_participant()
    {
        var participant = safety.Enrol();
        var first = await safety.Site01.SubmitRecordAsync(Form.Submit(participant));
        var problem = await Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.Submit(participant)));

        Assert.Equal("AlreadyExists RECORD_EXISTS", problem.Why);
        Assert.Equal(first.Header.RecordId, problem.Detail<ResourceInfo>().ResourceName);
    }

    [Fact]
    public async Task Sixteen_deaths_at_once_are_one()
    {
        var participant = safety.Enrol();
        var saved = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await safety.Site01.SubmitRecordAsync(Form.Submit(participant));
                return 1;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
            {
                return 0;
            }
        }));

        Assert.Equal(1, saved.Sum());
    }

    [Fact]
    public async Task Every_field_at_fault_is_named_at_once()
    {
        var problem = await Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.Submit(safety.Enrol(), new Death { DeathDate = "2024-01-01" })));

        Assert.Equal("InvalidArgument INVALID_FIELDS", problem.Why);
        Assert.Equal(
            [
                "F01 death.primary_cause", "F01 death.cause_text", "F01 death.autopsy", "F01 death.causality",
                "E10 death.death_date", "E25 death.death_date", "E25 death.death_date",
            ],
            problem.Fields);
    }

    [Fact]
    public async Task Somebody_who_is_not_enrolled_is_refused_and_taken_once_enrolled()
    {
        var request = Form.Submit("01-9999");
        Assert.Equal("FailedPrecondition PARTICIPANT_UNKNOWN", (await Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(request))).Why);

        safety.Enrolment.Enrolled["01-9999"] = Form.Facts("01-9999");
        Assert.Equal(1, (await safety.Site01.SubmitRecordAsync(request)).Header.Version);
    }

    [Fact]
    public async Task Rows_have_their_verdicts_in_order()
    {
        var (one, two) = (safety.Enrol(), safety.Enrol());
        var row = Form.Submit(one);
        var verdicts = await SafetyHost.ImportAsync(safety.Site01, row, Form.Submit("01-9998"), Form.Submit(two), row, Form.Submit(two), Form.Submit("02-0001"));

        Assert.Equal([Saved, Refused, Saved, AlreadyThere, Refused, Refused], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal(["", "PARTICIPANT_UNKNOWN", "", "", "RECORD_EXISTS", "OTHER_SITE"], verdicts.Select(verdict => verdict.ErrorReason));
    }

    public static TheoryData<string> Rpcs => new(SafetyService.Descriptor.Methods.Select(method => method.Name).ToArray());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_scope_opens_what_the_contract_says_and_nothing_else(string name)
    {
        var rpc = SafetyService.Descriptor.FindMethodByName(name);
        var access = rpc.GetOptions().GetExtension(Common.V1.AccessExtensions.Access);
        foreach (var scope in (string[])["equecel.capture", "equecel.study", "equecel.manage", "equecel.feed", "*"])
        {
            var allowed = scope == access.Scope || access.UnconfinedScopes.Contains(scope);
            var token = safety.Token("somebody", scope, scope == "equecel.capture" ? "01" : null);
            Assert.Equal($"{scope}: {(allowed ? "" : "PermissionDenied SCOPE_MISSING")}", $"{scope}: {await AnyRpc.KnockAsync(safety.Channel, rpc, token)}");
        }

        Assert.Equal("Unauthenticated TOKEN_NOT_ACCEPTED", await AnyRpc.KnockAsync(safety.Channel, rpc, token: null));
        Assert.Equal("Unauthenticated TOKEN_NOT_ACCEPTED", await AnyRpc.KnockAsync(safety.Channel, rpc, safety.Token("site-01", "equecel.capture", "*")));
        Assert.Equal("Unauthenticated TOKEN_NOT_ACCEPTED", await AnyRpc.KnockAsync(
            safety.Channel, rpc, safety.Enrolment.Issuer.Token(claims => claims["aud"] = new System.Text.Json.Nodes.JsonArray("enrolment"))));
    }

    [Fact]
    public async Task A_site_sees_nothing_of_another_and_changes_nothing_there()
    {
        var record = await safety.Site02.SubmitRecordAsync(Form.Submit(safety.Enrol("02")));
        var (id, own) = (record.Header.RecordId, safety.Enrol());

        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await safety.Site01.GetRecordAsync(new GetRecordRequest { RecordId = id })));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await safety.Site01.ListVersionsAsync(new ListVersionsRequest { RecordId = id })));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await safety.Site01.RetractRecordAsync(
            new RetractRecordRequest { RecordId = id, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, Reason = "Mine" })));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await safety.Site01.SubmitRecordAsync(Form.Amend(record, amend => amend.Header.Participant = own))));
        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () => await safety.Site01.SubmitRecordAsync(Form.Amend(record))));
        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () => await safety.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = record.Header.Participant })));
        Assert.All((await safety.Site01.ListRecordsAsync(new ListRecordsRequest { PageSize = 500 })).Records, other => Assert.Equal("01", other.Header.Site));
    }

    private static async Task<string> WhyNotAsync(Func<Task> call) => (await Problem.OfAsync(call)).Why;
}
