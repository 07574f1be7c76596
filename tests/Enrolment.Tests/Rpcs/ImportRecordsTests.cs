using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using static Equecel.Records.V1.ImportOutcome;

namespace Equecel.Enrolment.Tests.Rpcs;

public sealed class ImportRecordsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task Each_row_has_its_verdict_in_order_and_a_bad_one_spoils_no_other()
    {
        var participant = EnrolmentHost.NewParticipant();
        var heavy = Form.Participation();
        heavy.BodyMassKg = 121;
        var bad = Form.FollowUp();
        bad.StatusDate = "soon";
        SubmitRecordRequest?[] rows =
        [
            Form.Submit(participant, heavy),
            Form.Submit(participant, bad),
            null,
            Form.Submit("01-9997", Form.Infusion()),
            Form.Submit(participant, Form.FollowUp()),
        ];
        var verdicts = await EnrolmentHost.ImportAsync(enrolment.Site01, rows);

        Assert.Equal([1L, 2, 3, 4, 5], verdicts.Select(verdict => verdict.Row));
        Assert.Equal([Saved, Refused, Refused, Refused, Saved], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal(rows.Select(row => row?.Header.RequestId ?? ""), verdicts.Select(verdict => verdict.RequestId));
        Assert.Equal(["", "3 INVALID_FIELDS", "3 INVALID_FIELDS", "9 PARTICIPANT_UNKNOWN", ""], verdicts.Select(verdict => $"{verdict.StatusCode} {verdict.ErrorReason}".Replace("0 ", "", StringComparison.Ordinal)));
        Assert.Equal(["E05? body_mass_kg", "F03! status_date", "! row", "", ""], verdicts.Select(verdict => verdict.Findings.Brief()));
        Assert.All(verdicts.Where(verdict => verdict.Outcome == Refused), verdict => Assert.Equal(("", 0), (verdict.RecordId, verdict.Version)));
        Assert.Equal("日期格式应为yyyy-MM-dd，且在1900-01-01至2199-12-31之间。", verdicts[1].Findings[0].MessageZh);
        Assert.Equal(rows[4]!.FollowUp, (await enrolment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = verdicts[4].RecordId })).FollowUp);
    }

    [Fact]
    public async Task The_same_rows_again_are_there_already()
    {
        var participant = EnrolmentHost.NewParticipant();
        SubmitRecordRequest[] rows = [Form.Submit(participant, Form.Participation()), Form.Submit(participant, Form.Infusion()), Form.Submit(participant, Form.FollowUp())];
        var first = await EnrolmentHost.ImportAsync(enrolment.Site01, rows[..2]);
        var second = await EnrolmentHost.ImportAsync(enrolment.Site01, rows);

        Assert.Equal([AlreadyThere, AlreadyThere, Saved], second.Select(verdict => verdict.Outcome));
        Assert.Equal(first.Select(verdict => (verdict.RecordId, verdict.Version)), second.Take(2).Select(verdict => (verdict.RecordId, verdict.Version)));
        Assert.Equal([AlreadyThere, AlreadyThere, AlreadyThere], (await EnrolmentHost.ImportAsync(enrolment.Site01, rows)).Select(verdict => verdict.Outcome));
    }

    [Fact]
    public async Task A_row_twice_in_one_stream_is_saved_once()
    {
        var row = Form.Submit(EnrolmentHost.NewParticipant(), Form.Participation());

        Assert.Equal([Saved, AlreadyThere], (await EnrolmentHost.ImportAsync(enrolment.Site01, row, row)).Select(verdict => verdict.Outcome));
    }

    [Fact]
    public async Task A_request_id_twice_with_other_content_is_refused_the_second_time()
    {
        var row = Form.Submit(EnrolmentHost.NewParticipant(), Form.Participation());
        var other = row.Clone();
        other.Participation.HeightCm = 150;

        var verdicts = await EnrolmentHost.ImportAsync(enrolment.Site01, row, other);
        Assert.Equal([Saved, Refused], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal("REQUEST_ID_REUSED", verdicts[1].ErrorReason);
    }

    [Fact]
    public async Task Versions_of_one_record_in_one_stream_follow_each_other()
    {
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var rows = Enumerable.Range(1, 5).Select(version => Form.Amend(record, amend => amend.Header.ExpectedVersion = version)).ToArray();

        Assert.Equal([2, 3, 4, 5, 6], (await EnrolmentHost.ImportAsync(enrolment.Site01, rows)).Select(verdict => verdict.Version));
    }

    [Fact]
    public async Task A_stream_of_new_participants_with_all_their_forms_is_saved_and_counts()
    {
        var codes = Enumerable.Range(0, 700).Select(_ => EnrolmentHost.NewParticipant()).ToList();
        SubmitRecordRequest[] rows = [.. codes.SelectMany(code => (SubmitRecordRequest[])[Form.Submit(code, Form.Participation()), Form.Submit(code, Form.Infusion())])];
        var verdicts = await EnrolmentHost.ImportAsync(enrolment.Site01, rows);

        Assert.Equal(Enumerable.Range(1, 1_400).Select(row => (long)row), verdicts.Select(verdict => verdict.Row));
        Assert.All(verdicts, verdict => Assert.Equal(Saved, verdict.Outcome));
        var known = await enrolment.Safety.LookUpParticipantsAsync(new LookUpParticipantsRequest { Participants = { codes } });
        Assert.All(known.Participants, facts => Assert.Equal("2024-03-01", facts.InfusionDate));
        Assert.Equal(700, known.Participants.Count);
    }

    [Fact]
    public async Task What_counts_on_a_row_that_the_journal_refuses_is_refused_too()
    {
        var (participant, request) = (EnrolmentHost.NewParticipant(), Guid.NewGuid().ToString());
        var used = Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp());
        await enrolment.Site01.SubmitRecordAsync(used);
        var participation = Form.Submit(participant, Form.Participation());
        participation.Header.RequestId = used.Header.RequestId;

        var verdicts = await EnrolmentHost.ImportAsync(enrolment.Site01, participation, Form.Submit(participant, Form.Infusion()));
        Assert.Equal(["REQUEST_ID_REUSED", "PARTICIPANT_UNKNOWN"], verdicts.Select(verdict => verdict.ErrorReason));
    }

    [Fact]
    public async Task A_row_that_is_judged_again_since_its_enrolment_was_refused_keeps_its_questions()
    {
        var participant = await enrolment.EnrolAsync();
        await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Line()));

        var verdicts = await EnrolmentHost.ImportAsync(enrolment.Site01, Form.Submit(participant, Form.Participation()), Form.Submit(participant, Form.Line(3, 2022)));
        Assert.Equal(["RECORD_EXISTS", ""], verdicts.Select(verdict => verdict.ErrorReason));
        Assert.Equal("E11? line_number", verdicts[1].Findings.Brief());
    }

    [Fact]
    public async Task A_dry_run_gives_the_same_verdicts_and_saves_nothing()
    {
        var (known, unknown) = (await enrolment.EnrolAsync(), EnrolmentHost.NewParticipant());
        var bad = Form.Infusion();
        bad.DoseMillionCells = 60_000_000;
        var there = Form.Submit(known, Form.FollowUp());
        await enrolment.Site01.SubmitRecordAsync(there);
        SubmitRecordRequest[] rows =
        [
            Form.Submit(unknown, Form.Participation()),
            Form.Submit(unknown, Form.Infusion()),
            Form.Submit(known, bad),
            Form.Submit(known, Form.Participation()),
            there,
        ];
        var dry = await EnrolmentHost.ImportAsync(enrolment.Site01, [.. rows.Select(DryRun)]);
        Assert.Equal(0L, await enrolment.AskAsync<long>($"select count(*) from journal where participant = '{unknown}'"));
        var real = await EnrolmentHost.ImportAsync(enrolment.Site01, rows);

        Assert.Equal([WouldSave, WouldSave, Refused, Refused, AlreadyThere], dry.Select(verdict => verdict.Outcome));
        Assert.Equal([Saved, Saved, Refused, Refused, AlreadyThere], real.Select(verdict => verdict.Outcome));
        Assert.Equal(real.Select(verdict => verdict.ErrorMessage), dry.Select(verdict => verdict.ErrorMessage));
    }

    [Fact]
    public async Task A_dry_run_takes_the_first_of_two_records_that_there_may_be_one_of()
    {
        var participant = EnrolmentHost.NewParticipant();
        SubmitRecordRequest[] rows = [Form.Submit(participant, Form.Participation()), Form.Submit(participant, Form.Participation())];
        var dry = await EnrolmentHost.ImportAsync(enrolment.Site01, [.. rows.Select(DryRun), DryRun(rows[0])]);
        var real = await EnrolmentHost.ImportAsync(enrolment.Site01, rows);

        Assert.Equal([WouldSave, Refused, WouldSave], dry.Select(verdict => verdict.Outcome));
        Assert.Equal([Saved, Refused], real.Select(verdict => verdict.Outcome));
        Assert.Equal((6, "RECORD_EXISTS"), (dry[1].StatusCode, dry[1].ErrorReason));
        Assert.Equal((6, "RECORD_EXISTS"), (real[1].StatusCode, real[1].ErrorReason));
    }

    [Fact]
    public async Task A_dry_run_refuses_a_request_id_that_an_earlier_row_has_with_other_content()
    {
        var participant = await enrolment.EnrolAsync();
        SubmitRecordRequest[] rows = [Form.Submit(participant, Form.FollowUp()), Form.Submit(participant, Form.FollowUp("2024-05-31"))];
        rows[1].Header.RequestId = rows[0].Header.RequestId;
        var dry = await EnrolmentHost.ImportAsync(enrolment.Site01, [.. rows.Select(DryRun), DryRun(rows[0])]);
        var real = await EnrolmentHost.ImportAsync(enrolment.Site01, rows);

        Assert.Equal([WouldSave, Refused, WouldSave], dry.Select(verdict => verdict.Outcome));
        Assert.Equal([Saved, Refused], real.Select(verdict => verdict.Outcome));
        Assert.Equal((6, "REQUEST_ID_REUSED"), (dry[1].StatusCode, dry[1].ErrorReason));
        Assert.Equal((6, "REQUEST_ID_REUSED"), (real[1].StatusCode, real[1].ErrorReason));
        Assert.Equal(real[1].ErrorMessage, dry[1].ErrorMessage);
    }

    [Fact]
    public async Task A_dry_run_remembers_what_earlier_rows_of_the_stream_would_have_saved()
    {
        var participant = EnrolmentHost.NewParticipant();
        SubmitRecordRequest[] rows = [Form.Submit(participant, Form.Participation()), Form.Submit(participant, Form.Infusion()), Form.Submit(participant, Form.FollowUp())];

        var verdicts = await EnrolmentHost.ImportOneByOneAsync(enrolment.Site01, [.. rows.Select(DryRun)]);
        Assert.Equal([WouldSave, WouldSave, WouldSave], verdicts.Select(verdict => verdict.Outcome));
    }

    [Fact]
    public async Task Nobody_is_enrolled_by_a_row_that_is_only_checked()
    {
        var participant = EnrolmentHost.NewParticipant();
        SubmitRecordRequest[] rows = [DryRun(Form.Submit(participant, Form.Participation())), Form.Submit(participant, Form.Infusion()), DryRun(Form.Submit(participant, Form.Infusion()))];

        var verdicts = await EnrolmentHost.ImportAsync(enrolment.Site01, rows);
        Assert.Equal([WouldSave, Refused, WouldSave], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal("PARTICIPANT_UNKNOWN", verdicts[1].ErrorReason);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_diagnosis_that_is_refused_does_not_count(bool checkOnly, bool oneByOne)
    {
        var participant = await enrolment.EnrolAsync();
        await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.History()));
        var late = Form.History();
        late.DiagnosisDate = "2024-01-11";
        SubmitRecordRequest[] rows = [Form.Submit(participant, late), Form.Submit(participant, Form.Leukapheresis("2024-01-10"), DataOrigin.Retrospective)];

        rows = checkOnly ? [.. rows.Select(DryRun)] : rows;
        var verdicts = oneByOne ? await EnrolmentHost.ImportOneByOneAsync(enrolment.Site01, rows) : await EnrolmentHost.ImportAsync(enrolment.Site01, rows);
        Assert.Equal(["RECORD_EXISTS", ""], verdicts.Select(verdict => verdict.ErrorReason));
        Assert.Equal("", verdicts[1].Findings.Brief());
    }

    [Fact]
    public async Task Rows_of_another_site_are_refused_and_others_saved()
    {
        var verdicts = await EnrolmentHost.ImportAsync(
            enrolment.Site01, Form.Submit("02-0777", Form.Participation()), Form.Submit(EnrolmentHost.NewParticipant(), Form.Participation()));

        Assert.Equal([Refused, Saved], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal((7, "OTHER_SITE"), (verdicts[0].StatusCode, verdicts[0].ErrorReason));
    }

    private static SubmitRecordRequest DryRun(SubmitRecordRequest row)
    {
        var dry = row.Clone();
        dry.Header.ValidateOnly = true;
        return dry;
    }
}
