using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>GetRecord, ListRecords and ListVersions.</summary>
public sealed class ReadRecordsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task A_record_is_read_as_it_is_or_as_it_was()
    {
        var first = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var second = await enrolment.Site01.SubmitRecordAsync(Form.Amend(first, amend => amend.FollowUp.ContactAttemptCount = 1));
        var id = first.Header.RecordId;

        Assert.Equal(second, await GetAsync(new() { RecordId = id }));
        Assert.Equal(first, await GetAsync(new() { RecordId = id, Version = 1 }));
        Assert.Equal(second, await GetAsync(new() { RecordId = id, Version = 2 }));
        Assert.Equal(first, await GetAsync(new() { RecordId = id, AsOfTime = first.Header.SaveTime }));
        Assert.Equal(first, await GetAsync(new() { RecordId = id, AsOfTime = Before(second.Header.SaveTime) }));
        Assert.Equal(second, await GetAsync(new() { RecordId = id, AsOfTime = second.Header.SaveTime }));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(new() { RecordId = id, AsOfTime = Before(first.Header.SaveTime) }));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(new() { RecordId = id, Version = 3 }));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(new() { RecordId = Guid.NewGuid().ToString() }));
    }

    [Theory]
    [InlineData("record_id", "x", 0, false)]
    [InlineData("record_id", "", 0, false)]
    [InlineData("version", null, -1, false)]
    [InlineData("as_of_time", null, 1, true)]
    public async Task What_is_wrong_with_the_question_is_named(string field, string? id, int version, bool asOf)
    {
        var request = new GetRecordRequest { RecordId = id ?? Guid.NewGuid().ToString(), Version = version, AsOfTime = asOf ? new Timestamp() : null };

        Assert.Equal([field], (await Problem.OfAsync(async () => await GetAsync(request))).Fields);
    }

    [Fact]
    public async Task An_instant_that_is_none_is_named() => Assert.Equal(
        ["F02 as_of_time"],
        (await Problem.OfAsync(async () => await GetAsync(new() { RecordId = Guid.NewGuid().ToString(), AsOfTime = new Timestamp { Seconds = long.MaxValue } }))).Fields);

    [Fact]
    public async Task Pages_of_any_size_give_every_record_once_in_order()
    {
        var participant = await enrolment.EnrolAsync();
        await EnrolmentHost.ImportAsync(enrolment.Site01, [.. Enumerable.Range(0, 60).Select(_ => Form.Submit(participant, Form.FollowUp()))]);
        var request = new ListRecordsRequest { Participant = participant, Kinds = { "participation", "follow_up" } };

        var all = await enrolment.Site01.ListRecordsAsync(Sized(request, 10_000));
        Assert.Equal((61, ""), (all.Records.Count, all.NextPageToken));
        Assert.Equal(all.Records.OrderBy(record => record.Header.RecordId, StringComparer.Ordinal), all.Records);
        Assert.Equal(50, (await enrolment.Site01.ListRecordsAsync(request)).Records.Count);
        foreach (var size in (int[])[1, 7, 60, 61])
        {
            var paged = new List<EnrolmentRecord>();
            var page = new ListRecordsResponse();
            do
            {
                var next = Sized(request, size);
                next.PageToken = page.NextPageToken;
                page = await enrolment.Site01.ListRecordsAsync(next);
                Assert.InRange(page.Records.Count, 1, size);
                paged.AddRange(page.Records);
            }
            while (page.NextPageToken.Length > 0);
            Assert.Equal(all.Records, paged);
        }
    }

    [Fact]
    public async Task More_than_five_hundred_a_page_is_taken_as_five_hundred()
    {
        var participant = await enrolment.EnrolAsync();
        await EnrolmentHost.ImportAsync(enrolment.Site01, [.. Enumerable.Range(0, 501).Select(_ => Form.Submit(participant, Form.FollowUp()))]);

        Assert.Equal(500, (await enrolment.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, PageSize = 501 })).Records.Count);
    }

    [Fact]
    public async Task A_list_is_of_the_asked_kinds_and_leaves_retracted_records_out()
    {
        var participant = await enrolment.EnrolAsync();
        var infusion = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Infusion()));
        var visit = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
        var retracted = await enrolment.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = visit.Header.RecordId,
            ExpectedVersion = 1,
            Reason = "Other person",
        });

        Assert.Equal([infusion], await ListAsync(new() { Participant = participant, Kinds = { "infusion", "follow_up" } }));
        Assert.Equal([retracted], await ListAsync(new() { Participant = participant, Kinds = { "follow_up" }, IncludeRetracted = true }));
        await enrolment.SettledAsync();
        Assert.Equal(["participation", "infusion", "baseline_profile"], (await ListAsync(new() { Participant = participant })).Select(record => record.Header.Kind).OrderBy(kind => kind == "baseline_profile"));
        Assert.Equal(4, (await ListAsync(new() { Participant = participant, IncludeRetracted = true })).Count);
    }

    [Fact]
    public async Task What_is_wrong_with_a_list_is_named_at_once()
    {
        var problem = await Problem.OfAsync(() => ListAsync(new() { PageSize = -1, Participant = "0001", Kinds = { "death", "infusion" } }));
        Assert.Equal(["page_size", "participant", "kinds"], problem.Fields);
        Assert.Equal(["page_token"], (await Problem.OfAsync(() => ListAsync(new() { PageToken = "next" }))).Fields);
    }

    [Fact]
    public async Task The_page_token_of_a_caller_who_sees_other_sites_is_refused()
    {
        await enrolment.EnrolAsync("02");
        var token = (await enrolment.StudyTeam.ListRecordsAsync(new ListRecordsRequest { PageSize = 1 })).NextPageToken;

        Assert.Equal(["page_token"], (await Problem.OfAsync(() => ListAsync(new() { PageToken = token }))).Fields);
    }

    [Fact]
    public async Task Versions_are_listed_oldest_first_and_page_by_page()
    {
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        List<EnrolmentRecord> expected = [record];
        for (var attempts = 1; attempts < 5; attempts++)
        {
            expected.Add(await enrolment.Site01.SubmitRecordAsync(Form.Amend(expected[^1], amend => amend.FollowUp.ContactAttemptCount = attempts)));
        }

        var request = new ListVersionsRequest { RecordId = record.Header.RecordId };
        Assert.Equal(expected, (await enrolment.Site01.ListVersionsAsync(request)).Versions);
        request.PageSize = 2;
        var versions = new List<EnrolmentRecord>();
        do
        {
            var page = await enrolment.StudyTeam.ListVersionsAsync(request);
            versions.AddRange(page.Versions);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        Assert.Equal(expected, versions);
        Assert.Equal(expected.Select(version => version.Header.Hash).SkipLast(1), expected.Skip(1).Select(version => version.Header.PreviousHash));
    }

    [Theory]
    [InlineData("page_token", "x", 0)]
    [InlineData("page_token", "0", 0)]
    [InlineData("page_token", "-1", 0)]
    [InlineData("page_size", "", -1)]
    public async Task What_is_wrong_with_a_list_of_versions_is_named(string field, string token, int size) => Assert.Equal(
        [field],
        (await Problem.OfAsync(async () => await enrolment.Site01.ListVersionsAsync(
            new ListVersionsRequest { RecordId = Guid.NewGuid().ToString(), PageToken = token, PageSize = size }))).Fields);

    private static ListRecordsRequest Sized(ListRecordsRequest request, int size)
    {
        var sized = request.Clone();
        sized.PageSize = size;
        return sized;
    }

    private static Timestamp Before(Timestamp time) => Timestamp.FromDateTime(time.ToDateTime().AddTicks(-10));

    private async Task<EnrolmentRecord> GetAsync(GetRecordRequest request) => await enrolment.Site01.GetRecordAsync(request);

    private async Task<string> WhyNotAsync(GetRecordRequest request) => (await Problem.OfAsync(() => GetAsync(request))).Why;

    private async Task<IList<EnrolmentRecord>> ListAsync(ListRecordsRequest request) => (await enrolment.Site01.ListRecordsAsync(request)).Records;
}
