using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Safety.Tests.Rpcs;

/// <summary>Every form through the service, and what it derives from several of them.</summary>
public sealed class SafetyFormsTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    [Fact]
    public async Task Every_form_is_saved_and_read_back_alike()
    {
        var participant = safety.Enrol();
        IMessage[] forms =
        [
            Form.AdverseEvent(), Form.Crs(), Form.Icans(), Form.ToxicityDay(), Form.Stay(), Form.Encounter(), Form.Prescription(), Form.Transfusion(), Form.Immunoglobulin(),
        ];

        foreach (var form in forms)
        {
            var saved = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, form));
            var read = await safety.Site01.GetRecordAsync(new GetRecordRequest { RecordId = saved.Header.RecordId });

            Assert.Equal(saved, read);
            Assert.Equal(form, FormIn(read));
        }
    }

    [Fact]
    public async Task A_fatal_event_and_its_death_come_one_after_the_other_and_the_question_closes_by_itself()
    {
        var participant = safety.Enrol();
        var fatal = Form.Serious();
        (fatal.OnsetDate, fatal.EndDate, fatal.Grade, fatal.Outcome) = ("2024-06-08", "2024-06-10", 5, EventOutcome.Fatal);
        fatal.AwarenessTime = Form.At("2024-06-08T10:00:00+08:00");
        var saved = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, fatal));
        Assert.Equal("", saved.Header.Findings.Brief());
        await CrossChecksAsync(participant, "Active S06? outcome");

        var death = Form.Death();
        (death.PrimaryCause, death.AdverseEventRecordId) = (Death.Types.Cause.Infection, saved.Header.RecordId);
        await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, death));

        await CrossChecksAsync(participant, "Retracted ");
    }

    [Fact]
    public async Task A_stay_and_its_event_close_each_others_questions()
    {
        var participant = safety.Enrol();
        var stay = Form.Stay();
        (stay.Kind, stay.Reason) = (HospitalStay.Types.Kind.Readmission, HospitalStay.Types.Reason.Infection);
        var saved = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, stay));
        await CrossChecksAsync(participant, "Active S10? adverse_event_record_ids");

        var form = Form.Serious();
        form.SeriousnessCriteria.Add(AdverseEvent.Types.SeriousnessCriterion.Hospitalisation);
        form.HospitalStayRecordIds.Add(saved.Header.RecordId);
        await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, form));

        await CrossChecksAsync(participant, "Retracted ");
    }

    [Fact]
    public async Task A_link_reaches_no_other_participant_and_no_other_kind()
    {
        var (one, two) = (safety.Enrol(), safety.Enrol());
        var ofOne = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(one, Form.AdverseEvent()));
        var drug = Form.Prescription();
        drug.AdverseEventRecordId = ofOne.Header.RecordId;
        var saved = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(one, drug));
        drug.AdverseEventRecordId = saved.Header.RecordId;

        Assert.Equal(["F09 prescription.adverse_event_record_id"], (await Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.SubmitForm(one, drug)))).Fields);
        drug.AdverseEventRecordId = ofOne.Header.RecordId;
        Assert.Equal(["F09 prescription.adverse_event_record_id"], (await Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.SubmitForm(two, drug)))).Fields);
    }

    [Fact]
    public async Task The_rows_of_one_import_know_each_other_and_a_row_sent_twice_is_there_already()
    {
        var participant = safety.Enrol();
        var day = Form.SubmitForm(participant, Form.ToxicityDay());
        var death = Form.Death();
        death.DeathDate = "2024-06-11";
        var late = Form.Encounter();
        late.Date = "2024-06-12";
        var verdicts = await SafetyHost.ImportAsync(safety.Site01,
            day, Form.SubmitForm(participant, Form.ToxicityDay()), Form.SubmitForm(participant, death), Form.SubmitForm(participant, late), day);

        Assert.Equal(
            [ImportOutcome.Saved, ImportOutcome.Refused, ImportOutcome.Saved, ImportOutcome.Refused, ImportOutcome.AlreadyThere],
            verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal(["", "F10! date", "", "S27! date", ""], verdicts.Select(verdict => verdict.Findings.Brief()));
    }

    [Fact]
    public async Task Grades_are_computed_for_days_and_events()
    {
        var participant = safety.Enrol();
        await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, Form.ToxicityDay()));
        await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, Form.Icans()));

        var grades = await Eventually.GetAsync(
            async () => (await safety.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "toxicity_grade" } })).Records,
            records => records.Count == 2 && records.Any(record => record.ToxicityGrade.HasWorstDailyGrade));

        Assert.Equal(
            ["1/0/10/", "/2/5/0"],
            grades.Select(record => record.ToxicityGrade).OrderByDescending(grade => grade.HasCrsGrade).Select(grade =>
                $"{Shown(grade.HasCrsGrade, grade.CrsGrade)}/{Shown(grade.HasIcansGrade, grade.IcansGrade)}/{grade.IceTotal}/{Shown(grade.HasWorstDailyGrade, grade.WorstDailyGrade)}"));
    }

    private static string Shown(bool given, int value) => given ? $"{value}" : "";

    private static IMessage FormIn(SafetyRecord record) =>
        (IMessage)SafetyRecord.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(record).Accessor.GetValue(record);

    private async Task CrossChecksAsync(string participant, string expected) => await Eventually.GetAsync(
        async () => string.Join(", ", (await safety.Site01.ListRecordsAsync(
            new ListRecordsRequest { Participant = participant, Kinds = { "cross_check" }, IncludeRetracted = true })).Records
            .Select(record => $"{record.Header.State} {record.Header.Findings.Brief()}")),
        found => found == expected);
}
