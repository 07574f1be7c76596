using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>VerifyJournal and LookUpParticipants.</summary>
public sealed class JournalRpcsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task The_journal_is_verified_version_by_version_and_an_alteration_found()
    {
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var amended = await enrolment.Site01.SubmitRecordAsync(Form.Amend(record));
        var (sound, count) = await enrolment.OfOneMomentAsync(VerifyAsync);

        Assert.Equal(count, sound.Count);
        Assert.All(sound, version => Assert.Equal("", version.Fault));
        Assert.Equal([record.Header.Hash, amended.Header.Hash], sound.Where(version => version.RecordId == record.Header.RecordId).Select(version => version.Hash));

        await AlterAsync("somebody else");
        Assert.Equal([$"{record.Header.RecordId} 1 content altered"], (await VerifyAsync()).Where(version => version.Fault != "").Select(version => $"{version.RecordId} {version.Version} {version.Fault}"));
        await AlterAsync("site-01");

        Task<bool> AlterAsync(string actor) => enrolment.AskAsync<bool>(
            $"alter table journal disable trigger all; update journal set actor = '{actor}' where record_id = '{record.Header.RecordId}' and version = 1; alter table journal enable trigger all; select true");
    }

    [Fact]
    public async Task Who_is_enrolled_is_told_and_everybody_else_left_out()
    {
        var participant = await enrolment.EnrolAsync();
        var infusion = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Infusion()));
        Assert.Equal(("2024-03-01", "1960-05", 60d), (await LookUpAsync(participant)) is { } facts ? (facts.InfusionDate, facts.BirthYearMonth, facts.BodyMassKg) : default);

        await enrolment.Site01.SubmitRecordAsync(Form.Amend(infusion, amend => amend.Infusion.StartTime = amend.Infusion.EndTime = Form.At("2024-03-02T02:00:00Z")));
        Assert.Equal("2024-03-02", (await LookUpAsync(participant))!.InfusionDate);
        Assert.Equal(participant, (await LookUpAsync(participant, participant, "01-9990", "01", "*", "", "01-0001\0", "'; drop table journal"))!.Participant);
    }

    [Fact]
    public async Task The_participants_of_a_site_are_told_in_the_order_of_their_codes_and_nobody_elses()
    {
        await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(Form.Site("41")));
        var site = enrolment.As("site-41", "equecel.capture", "41");
        var codes = new[] { "41-0003", "41-0001", "41-00020" };
        foreach (var code in codes)
        {
            await site.SubmitRecordAsync(Form.Submit(code, Form.Participation()));
        }

        await site.SubmitRecordAsync(Form.Submit("41-0001", Form.Infusion()));
        var told = await SiteAsync("41");

        Assert.Equal(codes.Order(StringComparer.Ordinal), told.Select(facts => facts.Participant));
        Assert.Equal("2024-03-01", told.Single(facts => facts.Participant == "41-0001").InfusionDate);
        Assert.Equal(told[0], await LookUpAsync(told[0].Participant));
        Assert.Empty(await SiteAsync("42"));
        Assert.Equal(["site"], (await Problem.OfAsync(() => SiteAsync("x"))).Fields);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task One_to_a_thousand_may_be_asked_about(int count) => Assert.Equal(
        ["participants"],
        (await Problem.OfAsync(async () => await enrolment.Safety.LookUpParticipantsAsync(new LookUpParticipantsRequest { Participants = { Enumerable.Repeat("01-0001", count) } }))).Fields);

    [Fact]
    public async Task Bytes_that_are_no_message_are_refused_and_nothing_is_saved()
    {
        var method = new Method<byte[], byte[]>(
            MethodType.Unary, EnrolmentService.Descriptor.FullName, "SubmitRecord", Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));
        var headers = new Metadata { { "authorization", $"Bearer {enrolment.Token("site-01", "equecel.capture", "01")}" } };
        var before = await enrolment.AskAsync<long>("select count(*) from journal where kind <> 'baseline_profile'");
        var random = new Random(7);
        var saved = 0;
        for (var i = 0; i < 200; i++)
        {
            var bytes = Form.Submit("01-0001", Form.Participation()).ToByteArray();
            for (var flips = 0; flips < 5; flips++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                await enrolment.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers), bytes);
                saved++;
            }
            catch (RpcException e)
            {
                Assert.Contains(e.StatusCode, (StatusCode[])[StatusCode.InvalidArgument, StatusCode.PermissionDenied, StatusCode.FailedPrecondition, StatusCode.AlreadyExists, StatusCode.NotFound, StatusCode.Internal, StatusCode.Unknown]);
                Assert.DoesNotContain("Exception", e.Status.Detail.Replace("Exception was thrown by handler.", "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
        }

        Assert.InRange(await enrolment.AskAsync<long>("select count(*) from journal where kind <> 'baseline_profile'"), before, before + saved);
    }

    private async Task<ParticipantFacts?> LookUpAsync(params string[] codes) =>
        (await enrolment.Safety.LookUpParticipantsAsync(new LookUpParticipantsRequest { Participants = { codes } })).Participants.SingleOrDefault();

    private async Task<List<ParticipantFacts>> SiteAsync(string site)
    {
        using var call = enrolment.Safety.ListSiteParticipants(new ListSiteParticipantsRequest { Site = site });
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    private async Task<List<VerifiedVersion>> VerifyAsync()
    {
        using var call = enrolment.StudyTeam.VerifyJournal(new VerifyJournalRequest());
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }
}
