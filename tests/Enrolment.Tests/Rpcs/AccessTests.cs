using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>Who may call what: every RPC that the contract has, from its descriptor.</summary>
public sealed class AccessTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    public static TheoryData<string> Rpcs => new(EnrolmentService.Descriptor.Methods.Select(method => method.Name).ToArray());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Nobody_gets_in_without_a_good_token(string rpc)
    {
        var bad = new Dictionary<string, string?>
        {
            ["none"] = null,
            ["garbage"] = "x.y.z",
            ["another audience"] = enrolment.Issuer.Token(claims => claims["aud"] = new JsonArray("analytics")),
            ["blank site"] = enrolment.Token("site-01", "equecel.capture", " "),
            ["empty site"] = enrolment.Token("site-01", "equecel.capture", ""),
            ["every site"] = enrolment.Token("site-01", "equecel.capture", "*"),
            ["two sites"] = enrolment.Issuer.Token(claims => claims["site"] = new JsonArray("01", "02")),
        };
        foreach (var (what, token) in bad)
        {
            Assert.Equal($"{what}: Unauthenticated TOKEN_NOT_ACCEPTED", $"{what}: {await AnyRpc.KnockAsync(enrolment.Channel, Rpc(rpc), token)}");
        }
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_scope_opens_what_the_contract_says_and_nothing_else(string name)
    {
        var rpc = Rpc(name);
        var access = rpc.GetOptions().GetExtension(Common.V1.AccessExtensions.Access);
        foreach (var scope in (string[])["equecel.capture", "equecel.study", "equecel.manage", "equecel.feed", "equecel.redact", "equecel.captur", "*", "EQUECEL.CAPTURE"])
        {
            var allowed = scope == access.Scope || access.UnconfinedScopes.Contains(scope);
            var token = enrolment.Token("somebody", scope, scope == "equecel.capture" ? "01" : null);
            Assert.Equal($"{scope}: {(allowed ? "" : "PermissionDenied SCOPE_MISSING")}", $"{scope}: {await AnyRpc.KnockAsync(enrolment.Channel, rpc, token)}");
        }

        var withoutSite = await AnyRpc.KnockAsync(enrolment.Channel, rpc, enrolment.Token("site-01", "equecel.capture"));
        Assert.Equal(access.Scope == "equecel.capture" ? "Unauthenticated TOKEN_NOT_ACCEPTED" : "PermissionDenied SCOPE_MISSING", withoutSite);
    }

    [Fact]
    public async Task A_site_sees_nothing_of_another_and_changes_nothing_there()
    {
        var participant = await enrolment.EnrolAsync("02");
        var record = await enrolment.Site02.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
        var id = record.Header.RecordId;
        var client = enrolment.Site01;

        const string Hidden = "NotFound RECORD_NOT_FOUND";
        Assert.Equal(Hidden, await WhyNotAsync(async () => await client.GetRecordAsync(new GetRecordRequest { RecordId = id })));
        Assert.Equal(Hidden, await WhyNotAsync(async () => await client.GetRecordAsync(new GetRecordRequest { RecordId = id, Version = 1 })));
        Assert.Equal(Hidden, await WhyNotAsync(async () => await client.GetRecordAsync(new GetRecordRequest { RecordId = id, AsOfTime = record.Header.SaveTime })));
        Assert.Equal(Hidden, await WhyNotAsync(async () => await client.ListVersionsAsync(new ListVersionsRequest { RecordId = id })));
        Assert.Equal(Hidden, await WhyNotAsync(async () => await client.RetractRecordAsync(
            new RetractRecordRequest { RecordId = id, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, Reason = "Mine" })));
        var own = await enrolment.EnrolAsync();
        Assert.Equal(Hidden, await WhyNotAsync(async () => await client.SubmitRecordAsync(Form.Amend(record, amend => amend.Header.Participant = own))));

        const string Denied = "PermissionDenied OTHER_SITE";
        Assert.Equal(Denied, await WhyNotAsync(async () => await client.SubmitRecordAsync(Form.Amend(record))));
        Assert.Equal(Denied, await WhyNotAsync(async () => await client.SubmitRecordAsync(Form.Submit(participant, Form.Infusion()))));
        Assert.Equal(Denied, await WhyNotAsync(async () => await client.SubmitRecordAsync(Form.Submit("88-0001", Form.Infusion()))));
        Assert.Equal(Denied, await WhyNotAsync(async () => await client.SubmitRecordAsync(Form.Submit(Form.Site("02")))));
        Assert.Equal(Denied, await WhyNotAsync(async () => await client.ListRecordsAsync(new ListRecordsRequest { Participant = participant })));
        Assert.DoesNotContain((await client.ListRecordsAsync(new ListRecordsRequest { PageSize = 500 })).Records, other => other.Header.Site != "01");
        Assert.Equal(1, (await enrolment.Site02.GetRecordAsync(new GetRecordRequest { RecordId = id })).Header.Version);
    }

    [Fact]
    public async Task A_request_id_of_another_client_answers_nothing_of_it()
    {
        var request = Form.Submit(EnrolmentHost.NewParticipant("02"), Form.Participation());
        await enrolment.Site02.SubmitRecordAsync(request);
        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () => await enrolment.Site01.SubmitRecordAsync(request)));

        var own = Form.Submit(EnrolmentHost.NewParticipant(), Form.Participation());
        own.Header.RequestId = request.Header.RequestId;
        Assert.Equal("01", (await enrolment.Site01.SubmitRecordAsync(own)).Header.Site);
    }

    [Fact]
    public async Task The_study_office_sends_for_all_sites_and_the_study_team_reads_all()
    {
        var participant = EnrolmentHost.NewParticipant("02");
        var record = await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(participant, Form.Participation()));

        Assert.Equal(record, (await enrolment.StudyTeam.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "participation" } })).Records.Single());
        Assert.Equal("PermissionDenied SCOPE_MISSING", await WhyNotAsync(async () => await enrolment.StudyTeam.SubmitRecordAsync(Form.Submit(participant, Form.Infusion()))));
    }

    [Fact]
    public async Task An_RPC_that_the_contract_does_not_have_is_not_there()
    {
        var method = new Method<byte[], byte[]>(
            MethodType.Unary, EnrolmentService.Descriptor.FullName, "DeleteRecord", Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));
        var headers = new Metadata { { "authorization", $"Bearer {enrolment.Token("study-team", "equecel.study")}" } };
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await enrolment.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers), []));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/metrics")]
    [InlineData("/health/details")]
    [InlineData("/equecel.enrolment.v1.EnrolmentService/GetRecord")]
    public async Task A_page_that_nothing_declares_is_not_there(string page) => Assert.Equal(404, await enrolment.StatusAsync(page));

    private static MethodDescriptor Rpc(string name) => EnrolmentService.Descriptor.FindMethodByName(name);

    private static async Task<string> WhyNotAsync(Func<Task> call) => (await Problem.OfAsync(call)).Why;
}
