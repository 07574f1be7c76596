using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Equecel.Enrolment.Tests.Rpcs;

public sealed class SubmitRecordTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task A_form_is_answered_as_it_is_stored()
    {
        var participant = EnrolmentHost.NewParticipant();
        var request = Form.Submit(participant, Form.Participation());
        request.Participation.BodyMassKg = 121;
        var saved = await enrolment.Site01.SubmitRecordAsync(request);

        var header = saved.Header;
        Assert.Equal(request.Participation, saved.Participation);
        Assert.Equal((1, "participation", participant, "01", RecordState.Active), (header.Version, header.Kind, header.Participant, header.Site, header.State));
        Assert.Equal(("site-01", "site-01", request.Header.RequestId, ""), (header.Actor, header.Client, header.RequestId, header.Reason));
        Assert.Equal((32, 0), (header.Hash.Length, header.PreviousHash.Length));
        Assert.Equal("E05? body_mass_kg", header.Findings.Brief());
        Assert.Equal(saved, await enrolment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = header.RecordId }));
        Assert.Equal("1960-05", await enrolment.AskAsync<string>($"select form->>'birth_year_month' from records where record_id = '{header.RecordId}'"));
    }

    [Fact]
    public async Task The_same_request_has_the_same_answer_and_with_other_content_is_refused()
    {
        var request = Form.Submit(EnrolmentHost.NewParticipant(), Form.Participation());
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => enrolment.Site01.SubmitRecordAsync(request).ResponseAsync));
        Assert.Single(answers.Distinct());

        request.Participation.HeightCm = 170;
        var problem = await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request));
        Assert.Equal("AlreadyExists REQUEST_ID_REUSED", problem.Why);
        Assert.Equal(request.Header.RequestId, problem.Detail<ResourceInfo>().ResourceName);
    }

    [Fact]
    public async Task The_request_id_of_a_refused_form_may_be_used_again()
    {
        var request = Form.Submit(EnrolmentHost.NewParticipant(), Form.Participation());
        request.Participation.HeightCm = 1.62;
        await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request));
        request.Participation.HeightCm = 162;

        Assert.Equal(1, (await enrolment.Site01.SubmitRecordAsync(request)).Header.Version);
    }

    [Fact]
    public async Task A_request_that_was_right_when_it_was_saved_is_answered_though_it_would_be_refused_now()
    {
        var participant = await enrolment.EnrolAsync();
        var request = Form.Submit(participant, Form.FollowUp());
        var first = await enrolment.Site01.SubmitRecordAsync(request);
        var participation = (await enrolment.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "participation" } })).Records.Single();
        await enrolment.Site01.SubmitRecordAsync(Form.Amend(participation, amend =>
            (amend.Participation.ConsentWithdrawalDate, amend.Participation.WithdrawalScope) = ("2024-02-01", Participation.Types.WithdrawalScope.FurtherCollection)));

        Assert.Equal(first, await enrolment.Site01.SubmitRecordAsync(request));
        Assert.Equal("E29 follow_up.last_contact_date", (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp())))).Fields[0]);
    }

    [Fact]
    public async Task Every_field_at_fault_is_named_in_English_and_Chinese()
    {
        var request = Form.Submit(EnrolmentHost.NewParticipant(), new Participation
        {
            ConsentType = Participation.Types.ConsentType.WaivedByEc,
            BirthYearMonth = "May",
            HeightCm = double.NaN,
            EnrolmentDate = "2024-01-11",
            Sex = Participation.Types.Sex.Male,
        });
        request.Header.RequestId = "mine";
        request.Header.Missing.Add(new MissingValue { Field = "waist_cm", Reason = MissingReason.NotDone });
        var problem = await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request));

        Assert.Equal("InvalidArgument INVALID_FIELDS", problem.Why);
        Assert.Equal(
            [
                "header.request_id", "F02 participation.height_cm", "header.missing[0].field", "E02 participation.consent_type", "F01 participation.waiver_reference",
                "F01 participation.body_mass_kg", "F01 participation.ecog", "F03 participation.birth_year_month",
            ],
            problem.Fields);
        var waiver = problem.Detail<BadRequest>().FieldViolations.Single(violation => violation.Reason == "E02");
        Assert.Equal(("A consent waiver is allowed only for retrospective data.", "zh-CN", "仅回顾性数据可豁免知情同意。"), (waiver.Description, waiver.LocalizedMessage.Locale, waiver.LocalizedMessage.Message));
    }

    [Fact]
    public async Task A_list_that_is_too_long_is_told_and_not_looked_into()
    {
        var request = Form.Submit("01-0001", new FollowUp());
        request.FollowUp.ContactAttempts.Add(Enumerable.Repeat(new FollowUp.Types.ContactAttempt(), 1_001));
        Assert.Equal(["F08 follow_up.contact_attempts"], await FieldsAsync());

        request.Header.Missing.Add(Enumerable.Repeat(new MissingValue { Field = "x" }, 101));
        Assert.Equal(["F08 header.missing"], await FieldsAsync());

        request.Header.Missing.RemoveAt(100);
        Assert.Contains("header.missing[0].field", await FieldsAsync());

        async Task<string[]> FieldsAsync() => (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request))).Fields;
    }

    public static TheoryData<string, Action<SubmitRecordRequest>> BadHeaders => new()
    {
        { "header.request_id", request => request.Header.RequestId = "" },
        { "header.request_id", request => request.Header.RequestId = Guid.Empty.ToString() },
        { "header.request_id", request => request.Header.RequestId = Guid.NewGuid().ToString("N") },
        { "header.participant", request => request.Header.Participant = "" },
        { "header.participant", request => request.Header.Participant = "0001" },
        { "F06 header.participant|header.participant", request => request.Header.Participant = "01-0001\0" },
        { "header.origin", request => request.Header.Origin = DataOrigin.Unspecified },
        { "F04 header.origin", request => request.Header.Origin = (DataOrigin)9 },
        { "header.expected_version", request => request.Header.ExpectedVersion = 1 },
        { "header.expected_version", request => request.Header.ExpectedVersion = -1 },
        { "header.reason", request => request.Header.Reason = "Because" },
        { "header.record_id", request => (request.Header.RecordId, request.Header.ExpectedVersion, request.Header.Reason) = ("x", 1, "Typo") },
        { "header.expected_version|header.reason", request => request.Header.RecordId = Guid.NewGuid().ToString() },
        { "header.reason", request => (request.Header.RecordId, request.Header.ExpectedVersion, request.Header.Reason) = (Guid.NewGuid().ToString(), 1, new string('x', 501)) },
        { "header.missing[0].field", request => request.Header.Missing.Add(new MissingValue { Field = "status_date", Reason = MissingReason.NotDone }) },
        { "header.missing[0].reason", request => request.Header.Missing.Add(new MissingValue { Field = "contact_attempt_count" }) },
        { "header.missing[0].reason", request => request.Header.Missing.Add(new MissingValue { Field = "contact_attempt_count", Reason = MissingReason.NotAvailable }) },
        { "header.missing[1].field", request => request.Header.Missing.Add(Enumerable.Repeat(new MissingValue { Field = "contact_attempt_count", Reason = MissingReason.NotDone }, 2)) },
        { "header.request_id|header.origin|form", request => request.ClearFormAndHeader() },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public async Task What_is_wrong_with_the_header_is_named(string expected, Action<SubmitRecordRequest> change)
    {
        var request = Form.Submit("01-9999", Form.FollowUp());
        change(request);

        Assert.Equal(expected.Split('|').Order(), (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request))).Fields.Order());
    }

    [Fact]
    public async Task A_form_about_a_site_names_no_participant_and_a_code()
    {
        var request = Form.Submit(Form.Site("1"));
        request.Header.Participant = "01-0001";

        Assert.Equal(
            ["header.participant", "site.site_code"],
            (await Problem.OfAsync(async () => await enrolment.StudyOffice.SubmitRecordAsync(request))).Fields);
    }

    [Fact]
    public async Task A_site_and_a_participant_must_be_known_first()
    {
        var site = await Problem.OfAsync(async () => await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit("77-0001", Form.Participation())));
        Assert.Equal("FailedPrecondition SITE_UNKNOWN", site.Why);
        Assert.Equal("77", site.Detail<PreconditionFailure>().Violations.Single().Subject);

        var participant = await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit("01-9998", Form.Infusion())));
        Assert.Equal("FailedPrecondition PARTICIPANT_UNKNOWN", participant.Why);
        Assert.Equal("01-9998", participant.Detail<PreconditionFailure>().Violations.Single().Subject);
    }

    [Fact]
    public async Task There_is_one_participation_one_site_form_and_one_first_infusion()
    {
        var participant = await enrolment.EnrolAsync();
        var infusion = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Infusion()));
        var second = Form.Infusion();
        second.SecondInfusion = true;

        Assert.Equal("E23? second_infusion", (await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, second))).Header.Findings.Brief());
        var problem = await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Infusion())));
        Assert.Equal(("AlreadyExists RECORD_EXISTS", infusion.Header.RecordId, "1"), (problem.Why, problem.Told("record_id"), problem.Told("current_version")));
        Assert.Equal("AlreadyExists RECORD_EXISTS", (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Participation())))).Why);
        Assert.Equal("AlreadyExists RECORD_EXISTS", (await Problem.OfAsync(async () => await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(Form.Site())))).Why);
    }

    [Fact]
    public async Task An_amendment_is_the_next_version_and_a_late_one_is_told_the_current()
    {
        var first = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var second = await enrolment.Site01.SubmitRecordAsync(Form.Amend(first, amend => amend.FollowUp.ContactAttemptCount = 1));

        Assert.Equal((2, "Typed wrong", first.Header.Hash, 1), (second.Header.Version, second.Header.Reason, second.Header.PreviousHash, second.FollowUp.ContactAttemptCount));
        var problem = await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Amend(first)));
        Assert.Equal(("Aborted VERSION_CONFLICT", "2"), (problem.Why, problem.Told("current_version")));
    }

    [Fact]
    public async Task What_a_record_is_about_stays()
    {
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.Infusion()));
        var other = await enrolment.EnrolAsync();

        Assert.Equal("header.participant", await FieldAsync(amend => amend.Header.Participant = other));
        Assert.Equal("header.origin", await FieldAsync(amend => amend.Header.Origin = DataOrigin.Retrospective));
        Assert.Equal("form", await FieldAsync(amend => amend.Infusion.SecondInfusion = true));
        Assert.Equal("form", await FieldAsync(amend => amend.FollowUp = Form.FollowUp()));

        async Task<string> FieldAsync(Action<SubmitRecordRequest> change) =>
            (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Amend(record, change)))).Fields.Single();
    }

    [Fact]
    public async Task Later_forms_are_checked_against_earlier_ones()
    {
        var participant = await enrolment.EnrolAsync(change: form => form.BirthYearMonth = "2006-04");
        Assert.Equal(["E04 infusion.start_time"], (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Infusion())))).Fields);

        var heavy = Form.Infusion();
        (heavy.BodyMassKg, heavy.DoseMillionCells) = (70, 70);
        Assert.Equal("E22? body_mass_kg", (await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), heavy))).Header.Findings.Brief());
    }

    [Fact]
    public async Task A_check_only_answers_alike_and_saves_nothing()
    {
        var participant = EnrolmentHost.NewParticipant();
        var request = Form.Submit(participant, Form.Participation());
        request.Header.ValidateOnly = true;
        var preview = await enrolment.Site01.SubmitRecordAsync(request);

        Assert.Equal((1, "", "participation"), (preview.Header.Version, preview.Header.RecordId, preview.Header.Kind));
        Assert.Equal(0L, await enrolment.AskAsync<long>($"select count(*) from journal where participant = '{participant}'"));

        request.Header.ValidateOnly = false;
        var saved = await enrolment.Site01.SubmitRecordAsync(request);
        request.Header.ValidateOnly = true;
        Assert.Equal(saved, await enrolment.Site01.SubmitRecordAsync(request));
        request.Header.RequestId = Guid.NewGuid().ToString();
        Assert.Equal("AlreadyExists RECORD_EXISTS", (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request))).Why);
        var late = Form.Amend(saved);
        (late.Header.ValidateOnly, late.Header.ExpectedVersion) = (true, 2);
        Assert.Equal("Aborted VERSION_CONFLICT", (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(late))).Why);
    }

    [Fact]
    public async Task What_is_taken_reads_back_identical()
    {
        var site = Form.Site("31");
        site.Name = "tab\t e\u0301 \u200b =1+1 <b> \ud83e\uddec";
        var saved = await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(site));
        Assert.Equal(site, (await enrolment.StudyTeam.GetRecordAsync(new GetRecordRequest { RecordId = saved.Header.RecordId })).Site);

        var infusion = Form.Infusion();
        infusion.StartTime = new Timestamp { Seconds = infusion.StartTime.Seconds, Nanos = 999_999_999 };
        infusion.DoseMillionCells = 60.100000000000001;
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), infusion));
        Assert.Equal(infusion, (await enrolment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = record.Header.RecordId })).Infusion);
    }
}

internal static class SubmitRecordRequests
{
    public static void ClearFormAndHeader(this SubmitRecordRequest request)
    {
        request.ClearForm();
        request.Header = null;
    }
}
