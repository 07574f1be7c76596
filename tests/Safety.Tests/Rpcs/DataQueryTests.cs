using Equecel.Records.V1;
using Equecel.Safety.V1;
using Grpc.Core;
using static Equecel.Records.V1.DataQuery.Types;

namespace Equecel.Safety.Tests.Rpcs;

/// <summary>Data queries over a real channel: opened by checks and monitors, answered by sites, closed by data and monitors.</summary>
public sealed class DataQueryTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    [Fact]
    public async Task A_check_opens_a_query_the_site_answers_and_the_monitor_closes_and_reopens_it()
    {
        var death = await AskedDeathAsync();
        var opened = await QueryOfAsync(death, State.Open);
        Assert.Equal(
            ("S06", "adverse_event_record_id", "death", 1, Source.Check, death.Header.Findings[0].Message, death.Header.Findings[0].MessageZh),
            (opened.DataQuery.Code, opened.DataQuery.Field, opened.DataQuery.SubjectKind, opened.DataQuery.SubjectVersion, opened.DataQuery.Source,
                opened.DataQuery.Message, opened.DataQuery.MessageZh));
        Assert.Equal(("data_query", death.Header.Participant, "01", 1), (opened.Header.Kind, opened.Header.Participant, opened.Header.Site, opened.Header.Version));

        var answered = await safety.Site01.AnswerQueryAsync(Answer(opened, "It is not recorded yet."));
        Assert.Equal((State.Answered, "It is not recorded yet.", "site-01"), (answered.DataQuery.State, answered.DataQuery.Answer, answered.Header.Client));

        var closed = await safety.StudyTeam.CloseQueryAsync(Close(answered));
        Assert.Equal((State.Closed, Closure.ByMonitor, "As discussed", "study-team"),
            (closed.DataQuery.State, closed.DataQuery.Closure, closed.DataQuery.Remark, closed.Header.Client));

        // The finding says the same: it stays closed.
        var amended = await safety.Site01.SubmitRecordAsync(Form.Amend(death, amend => amend.Death.CauseText = "Sepsis"));
        Assert.Single(amended.Header.Findings);

        var reopened = await safety.StudyTeam.ReopenQueryAsync(Reopen(closed));
        Assert.Equal((State.Open, Closure.Unspecified, 1, Source.Monitor),
            (reopened.DataQuery.State, reopened.DataQuery.Closure, reopened.DataQuery.ReopenCount, reopened.DataQuery.Source));
        Assert.Equal(
            [opened, answered, closed, reopened],
            (await safety.Site01.ListVersionsAsync(new ListVersionsRequest { RecordId = opened.Header.RecordId })).Versions);
        Assert.Equal(answered, await safety.Site01.GetRecordAsync(
            new GetRecordRequest { RecordId = opened.Header.RecordId, AsOfTime = answered.Header.SaveTime }));

        var changes = await Eventually.GetAsync(WatchAsync, changes => changes.Contains(reopened));
        Assert.Equal([opened, answered, closed, reopened], changes.Where(record => record.Header.RecordId == opened.Header.RecordId));
    }

    [Fact]
    public async Task A_query_closes_by_itself_once_the_data_are_right_and_when_the_record_is_retracted()
    {
        var death = await AskedDeathAsync();
        await QueryOfAsync(death, State.Open);
        var fatal = await FatalEventAsync(death.Header.Participant);
        var amended = await safety.Site01.SubmitRecordAsync(Form.Amend(death, amend => amend.Death.AdverseEventRecordId = fatal.Header.RecordId));
        Assert.Equal(Closure.ByData, (await QueryOfAsync(death, State.Closed)).DataQuery.Closure);

        var asked = await safety.Site01.SubmitRecordAsync(Form.Amend(amended, amend => amend.Death.ClearAdverseEventRecordId()));
        var again = await QueryOfAsync(death, State.Open);
        Assert.Equal((1, 3), (again.DataQuery.ReopenCount, again.DataQuery.SubjectVersion));

        await safety.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = NewId(),
            RecordId = death.Header.RecordId,
            ExpectedVersion = asked.Header.Version,
            Reason = "Other person",
        });
        var closed = await QueryOfAsync(death, State.Closed);
        Assert.Equal(Closure.RecordRetracted, closed.DataQuery.Closure);
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () => await safety.StudyTeam.ReopenQueryAsync(Reopen(closed))));
    }

    [Fact]
    public async Task A_monitor_asks_about_a_field_once()
    {
        var death = await safety.Site01.SubmitRecordAsync(Form.Submit(safety.Enrol()));
        var request = Open(death, "cause_text");
        var opened = await safety.StudyTeam.OpenQueryAsync(request);

        Assert.Equal((Source.Monitor, "", "cause_text", "Which one?"), (opened.DataQuery.Source, opened.DataQuery.Code, opened.DataQuery.Field, opened.DataQuery.Message));
        Assert.Equal(opened, await safety.StudyTeam.OpenQueryAsync(request));
        request.Question = "Another";
        Assert.Equal("AlreadyExists REQUEST_ID_REUSED", await WhyNotAsync(async () => await safety.StudyTeam.OpenQueryAsync(request)));
        Assert.Equal("AlreadyExists RECORD_EXISTS", await WhyNotAsync(async () => await safety.StudyTeam.OpenQueryAsync(Open(death, "cause_text"))));

        // About the record as a whole it is another one. An amendment alone closes neither.
        await safety.StudyTeam.OpenQueryAsync(Open(death, ""));
        await safety.Site01.SubmitRecordAsync(Form.Amend(death, amend => amend.Death.CauseText = "Progression of myeloma"));
        Assert.Equal(2, (await ListAsync(new() { Participant = death.Header.Participant, States = { State.Open } })).Count);
    }

    [Fact]
    public async Task A_query_is_asked_about_what_a_site_sent_as_it_is_now()
    {
        var death = await safety.Site01.SubmitRecordAsync(Form.Submit(safety.Enrol()));
        var query = await safety.StudyTeam.OpenQueryAsync(Open(death, ""));

        var stale = Open(death, "");
        stale.ExpectedVersion = 2;
        Assert.Equal("Aborted VERSION_CONFLICT", await WhyNotAsync(async () => await safety.StudyTeam.OpenQueryAsync(stale)));
        Assert.Equal("InvalidArgument INVALID_FIELDS", await WhyNotAsync(async () => await safety.StudyTeam.OpenQueryAsync(Open(death, "no_such_field"))));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () => await safety.StudyTeam.OpenQueryAsync(Open(query, ""))));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () =>
            await safety.StudyTeam.OpenQueryAsync(new OpenQueryRequest { RequestId = NewId(), RecordId = NewId(), ExpectedVersion = 1, Question = "Who?" })));
        Assert.Equal(
            ["request_id", "record_id", "expected_version", "question"],
            (await Problem.OfAsync(async () => await safety.StudyTeam.OpenQueryAsync(new OpenQueryRequest()))).Fields);
        Assert.Equal("InvalidArgument INVALID_FIELDS", await WhyNotAsync(async () => await safety.StudyTeam.CloseQueryAsync(Close(death))));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () => await safety.Site01.RetractRecordAsync(
            new RetractRecordRequest { RequestId = NewId(), RecordId = query.Header.RecordId, ExpectedVersion = 1, Reason = "Not ours" })));
    }

    [Fact]
    public async Task A_repeated_request_is_answered_as_before_and_a_stale_one_is_refused()
    {
        var opened = await QueryOfAsync(await AskedDeathAsync(), State.Open);
        var answer = Answer(opened, "It follows.");
        var answered = await safety.Site01.AnswerQueryAsync(answer);
        var close = Close(answered);
        var closed = await safety.StudyTeam.CloseQueryAsync(close);

        Assert.Equal(answered, await safety.Site01.AnswerQueryAsync(answer));
        Assert.Equal(closed, await safety.StudyTeam.CloseQueryAsync(close));
        answer.Answer = "Something else.";
        Assert.Equal("AlreadyExists REQUEST_ID_REUSED", await WhyNotAsync(async () => await safety.Site01.AnswerQueryAsync(answer)));
        var stale = await Problem.OfAsync(async () => await safety.Site01.AnswerQueryAsync(Answer(opened, "Too late.")));
        Assert.Equal(("Aborted VERSION_CONFLICT", "3"), (stale.Why, stale.Told("current_version")));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () => await safety.Site01.AnswerQueryAsync(Answer(closed, "Too late."))));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () => await safety.StudyTeam.CloseQueryAsync(Close(closed))));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () =>
            await safety.StudyTeam.ReopenQueryAsync(Reopen(await safety.StudyTeam.ReopenQueryAsync(Reopen(closed))))));
    }

    [Fact]
    public async Task Sixteen_answers_at_once_are_one()
    {
        var opened = await QueryOfAsync(await AskedDeathAsync(), State.Open);
        var answer = Answer(opened, "It follows.");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ => await safety.Site01.AnswerQueryAsync(answer)));

        Assert.Single(answers.Distinct());
        Assert.Equal(2, answers[0].Header.Version);
    }

    [Fact]
    public async Task Queries_are_listed_by_every_filter_oldest_first()
    {
        var (one, two) = (safety.Enrol(), safety.Enrol("02"));
        var first = await safety.StudyTeam.OpenQueryAsync(Open(await safety.Site01.SubmitRecordAsync(Form.Submit(one)), "cause_text"));
        var death = await safety.Site02.SubmitRecordAsync(Form.Submit(two));
        await Task.Delay(5);
        var second = await safety.StudyTeam.OpenQueryAsync(Open(death, "cause_text"));
        await Task.Delay(5);
        var third = await safety.StudyTeam.OpenQueryAsync(Open(death, "death_date"));
        var answered = await safety.Site02.AnswerQueryAsync(Answer(second, "Yes."));

        Assert.Equal([first], await ListAsync(new() { Participant = one }));
        Assert.Equal([answered, third], await ListAsync(new() { Participant = two }));
        Assert.Equal([answered, third], await ListAsync(new() { Participant = two, Site = "02" }));
        Assert.Equal([answered, third], (await ListAsync(new() { Site = "02" })).Where(query => query.Header.Participant == two));
        Assert.Equal([third], await ListAsync(new() { Participant = two, States = { State.Open } }));
        Assert.Equal([answered, third], await ListAsync(new() { Participant = two, States = { State.Open, State.Answered } }));
        Assert.Equal([answered], await ListAsync(new() { Participant = two, OpenedBeforeTime = third.DataQuery.OpenTime }));
        Assert.Empty(await ListAsync(new() { Participant = two, OpenedBeforeTime = second.DataQuery.OpenTime }));

        var page = await safety.StudyTeam.ListQueriesAsync(new ListQueriesRequest { Participant = two, PageSize = 1 });
        var next = await safety.StudyTeam.ListQueriesAsync(new ListQueriesRequest { Participant = two, PageSize = 1, PageToken = page.NextPageToken });
        Assert.Equal([answered, third], [.. page.Records, .. next.Records]);
        Assert.Equal("", next.NextPageToken);
        Assert.Equal("InvalidArgument INVALID_FIELDS", await WhyNotAsync(async () =>
            await safety.Site02.ListQueriesAsync(new ListQueriesRequest { PageToken = page.NextPageToken })));
        Assert.Equal(
            ["page_size", "participant", "site", "states"],
            (await Problem.OfAsync(async () => await safety.StudyTeam.ListQueriesAsync(
                new ListQueriesRequest { PageSize = -1, Participant = "x", Site = "y", States = { State.Unspecified } }))).Fields);
    }

    [Fact]
    public async Task Another_site_sees_nothing_of_a_query_and_changes_nothing_in_it()
    {
        var opened = await QueryOfAsync(await AskedDeathAsync(), State.Open);

        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await safety.Site02.AnswerQueryAsync(Answer(opened, "Ours?"))));
        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await safety.Site02.GetRecordAsync(new GetRecordRequest { RecordId = opened.Header.RecordId })));
        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () => await safety.Site02.ListQueriesAsync(new ListQueriesRequest { Site = "01" })));
        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () =>
            await safety.Site02.ListQueriesAsync(new ListQueriesRequest { Participant = opened.Header.Participant })));
        Assert.DoesNotContain((await safety.Site02.ListQueriesAsync(new ListQueriesRequest { PageSize = 500 })).Records, query => query.Header.Site != "02");
        Assert.Contains(opened, (await safety.Site01.ListQueriesAsync(new ListQueriesRequest { PageSize = 500 })).Records);
    }

    private async Task<SafetyRecord> AskedDeathAsync()
    {
        var form = Form.Death();
        form.PrimaryCause = Death.Types.Cause.Infection;
        return await safety.Site01.SubmitRecordAsync(Form.Submit(safety.Enrol(), form));
    }

    private async Task<SafetyRecord> FatalEventAsync(string participant)
    {
        var form = Form.Serious();
        (form.Grade, form.Outcome, form.EndDate) = (5, EventOutcome.Fatal, "2024-06-10");
        var request = Form.Submit(participant);
        request.AdverseEvent = form;
        return await safety.Site01.SubmitRecordAsync(request);
    }

    private Task<SafetyRecord> QueryOfAsync(SafetyRecord subject, State state) => Eventually.GetAsync(
        async () => (await ListAsync(new() { Participant = subject.Header.Participant }))
            .SingleOrDefault(query => query.DataQuery.SubjectRecordId == subject.Header.RecordId && query.DataQuery.State == state) ?? new(),
        query => query.DataQuery is not null);

    private async Task<List<SafetyRecord>> ListAsync(ListQueriesRequest request) => [.. (await safety.StudyTeam.ListQueriesAsync(request)).Records];

    private async Task<List<SafetyRecord>> WatchAsync()
    {
        using var call = safety.Site01.WatchRecords(new WatchRecordsRequest { UntilCaughtUp = true });
        return await call.ResponseStream.ReadAllAsync().Where(change => change.Record is not null).Select(change => change.Record).ToListAsync();
    }

    private static async Task<string> WhyNotAsync(Func<Task> call) => (await Problem.OfAsync(call)).Why;

    private static string NewId() => Guid.NewGuid().ToString();

    private static OpenQueryRequest Open(SafetyRecord subject, string field) => new()
    {
        RequestId = NewId(),
        RecordId = subject.Header.RecordId,
        ExpectedVersion = subject.Header.Version,
        Field = field,
        Question = "Which one?",
    };

    private static AnswerQueryRequest Answer(SafetyRecord query, string answer) => new()
    {
        RequestId = NewId(),
        RecordId = query.Header.RecordId,
        ExpectedVersion = query.Header.Version,
        Answer = answer,
    };

    private static CloseQueryRequest Close(SafetyRecord query) => new()
    {
        RequestId = NewId(),
        RecordId = query.Header.RecordId,
        ExpectedVersion = query.Header.Version,
        Reason = "As discussed",
    };

    private static ReopenQueryRequest Reopen(SafetyRecord query) => new()
    {
        RequestId = NewId(),
        RecordId = query.Header.RecordId,
        ExpectedVersion = query.Header.Version,
        Reason = "Please look again",
    };
}
