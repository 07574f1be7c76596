using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>The forms about the baseline, the way to the infusion and what follows, over the real channel.</summary>
public sealed class SubmitNewFormsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    public static TheoryData<string, IMessage> Forms => new()
    {
        { "eligibility", Form.Eligibility() },
        { "myeloma_history", Form.History() },
        { "cytogenetics", Form.Cytogenetics() },
        { "prior_line", Form.Line() },
        { "leukapheresis", Form.Leukapheresis() },
        { "bridging", Form.Bridging() },
        { "lymphodepletion", Form.Lymphodepletion() },
        { "subsequent_therapy", Form.Subsequent() },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_is_saved_and_read_back_as_it_was_sent(string kind, IMessage form)
    {
        var saved = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), form));

        Assert.Equal((1, kind, ""), (saved.Header.Version, saved.Header.Kind, saved.Header.Findings.Brief()));
        Assert.Equal(form, saved.Content());
        Assert.Equal(saved, await enrolment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = saved.Header.RecordId }));
        var amended = await enrolment.Site01.SubmitRecordAsync(Form.Amend(saved));
        Assert.Equal((2, form), (amended.Header.Version, amended.Content()));
    }

    public static TheoryData<string, IMessage> Empty => new()
    {
        { "criteria eligible eligibility_date", new Eligibility() },
        { "diagnosis_date heavy_chain light_chain extramedullary", new MyelomaHistory() },
        { "sample_date method results", new Cytogenetics() },
        { "line_number start_date best_response progressed treatments", new PriorLine() },
        { "collection_date collection_outcome", new Leukapheresis() },
        { "given", new Bridging() },
        { "doses", new Lymphodepletion() },
        { "start_date reason treatments", new SubsequentTherapy() },
    };

    [Theory]
    [MemberData(nameof(Empty))]
    public async Task Every_fault_is_told_at_once(string fields, IMessage form)
    {
        var request = Form.Submit(await enrolment.EnrolAsync(), form);
        var problem = await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request));

        Assert.Equal("InvalidArgument INVALID_FIELDS", problem.Why);
        Assert.Equal(fields.Split(' ').Select(field => $"{request.FormCase.ToWire()}.{field}"), problem.Fields.Select(field => field.Split(' ')[1]));
    }

    [Fact]
    public async Task There_is_one_eligibility_history_and_lymphodepletion_before_each_infusion()
    {
        var participant = await enrolment.EnrolAsync();
        foreach (var form in (IMessage[])[Form.Eligibility(), Form.History(), Form.Lymphodepletion()])
        {
            await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, form));
            Assert.Equal("AlreadyExists RECORD_EXISTS", (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, form)))).Why);
        }

        var second = Form.Lymphodepletion();
        second.SecondInfusion = true;
        Assert.Equal(1, (await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, second))).Header.Version);
    }

    [Fact]
    public async Task What_is_saved_last_is_checked_against_what_was_there()
    {
        var participant = await enrolment.EnrolAsync();
        var infusion = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Infusion()));
        Assert.Equal(["E14 leukapheresis.collection_date"], await FaultsAsync(Form.Submit(participant, Form.Leukapheresis("2024-03-02"))));

        await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Leukapheresis()));
        await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Lymphodepletion()));
        Assert.Equal(["E14 infusion.start_time", "E17 infusion.start_time"], await FaultsAsync(Form.Amend(infusion, amend =>
            (amend.Infusion.StartTime, amend.Infusion.EndTime) = (Form.At("2024-01-19T02:00:00Z"), Form.At("2024-01-19T02:30:00Z")))));

        async Task<string[]> FaultsAsync(SubmitRecordRequest request) =>
            (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(request))).Fields;
    }

    [Fact]
    public async Task Rows_of_one_import_are_checked_against_each_other()
    {
        var participant = EnrolmentHost.NewParticipant();
        var late = Form.Bridging();
        late.EndDate = "2024-02-26";
        var verdicts = await EnrolmentHost.ImportAsync(
            enrolment.Site01, Form.Submit(participant, Form.Participation()), Form.Submit(participant, Form.Leukapheresis()), Form.Submit(participant, Form.Lymphodepletion()),
            Form.Submit(participant, late), Form.Submit(participant, Form.Infusion()), Form.Submit(participant, Form.Leukapheresis("2024-03-02")));

        Assert.Equal(["", "", "", "E16! start_date", "", "E14! collection_date"], verdicts.Select(verdict => verdict.Findings.Brief()));
    }

    [Fact]
    public async Task The_profile_follows_the_forms_and_its_question_closes_with_the_data()
    {
        var site = Form.Site("41");
        site.LaboratoryRanges.Add(Form.Range());
        await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(site));
        var client = enrolment.As("site-41", "equecel.capture", "41");
        var participant = await enrolment.EnrolAsync("41");
        var history = Form.History();
        (history.DiagnosisBeta2MicroglobulinMgPerL, history.ReportedRissAtDiagnosis) = (6, MyelomaHistory.Types.Stage.Ii);
        history.ClearDiagnosisLdhUpperLimitUPerL();
        var standard = Form.Cytogenetics();
        standard.Results[0] = Form.Result(Cytogenetics.Types.Abnormality.T414, Cytogenetics.Types.Outcome.Negative);

        await client.SubmitRecordAsync(Form.Submit(participant, history));
        Assert.Equal("Unknown ", await ProfileAsync(profile => profile.BaselineProfile.IssAtDiagnosis == MyelomaHistory.Types.Stage.Iii));

        var sample = await client.SubmitRecordAsync(Form.Submit(participant, standard));
        Assert.Equal("Ii ", await ProfileAsync(profile => profile.BaselineProfile.HighRiskRiss == YesNoUnknown.No));

        var positive = await client.SubmitRecordAsync(Form.Amend(sample, amend =>
            (amend.Cytogenetics.Results[0].Outcome, amend.Cytogenetics.Results[0].PercentCells) = (Cytogenetics.Types.Outcome.Positive, 40)));
        Assert.Equal("Iii E07? myeloma_history.reported_riss_at_diagnosis", await ProfileAsync(profile => profile.BaselineProfile.HighRiskRiss == YesNoUnknown.Yes));

        await client.SubmitRecordAsync(Form.Amend(positive, amend => amend.Cytogenetics.Results[0] = standard.Results[0]));
        Assert.Equal("Ii ", await ProfileAsync(profile => profile.BaselineProfile.HighRiskRiss == YesNoUnknown.No));

        async Task<string> ProfileAsync(Predicate<EnrolmentRecord> good)
        {
            var profile = await Eventually.GetAsync(
                async () => (await client.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "baseline_profile" } })).Records.SingleOrDefault(),
                record => record is not null && good(record));
            return $"{profile!.BaselineProfile.RissAtDiagnosis} {profile.Header.Findings.Brief()}";
        }
    }

    [Fact]
    public async Task Nobody_sends_a_profile()
    {
        var participant = await enrolment.EnrolAsync();
        await enrolment.SettledAsync();
        var profile = (await enrolment.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "baseline_profile" } })).Records.Single();
        var problem = await Problem.OfAsync(async () => await enrolment.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = profile.Header.RecordId,
            ExpectedVersion = 1,
            Reason = "Not mine",
        }));

        Assert.Equal("FailedPrecondition RECORD_STATE", problem.Why);
    }
}

internal static class FormCases
{
    /// <summary>Name of the field on the wire.</summary>
    public static string ToWire(this SubmitRecordRequest.FormOneofCase form) => SubmitRecordRequest.Descriptor.FindFieldByNumber((int)form).Name;
}
