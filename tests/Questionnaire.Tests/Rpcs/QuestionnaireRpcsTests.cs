using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Tests.Rpcs;

public sealed class QuestionnaireRpcsTests(QuestionnaireHost questionnaire) : IClassFixture<QuestionnaireHost>
{
    public static TheoryData<string> Rpcs => new(QuestionnaireService.Descriptor.Methods.Select(method => method.Name).ToArray());

    [Fact]
    public async Task A_saved_questionnaire_reads_back_and_its_scores_follow()
    {
        var participant = questionnaire.Enrol();
        var qlq = await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.QlqC30()));
        var eq5d = await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Eq5d5l()));
        await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Eq5d3l()));

        var scores = await ScoresAsync(participant, records => records.Count == 3);

        Assert.Equal(qlq, await questionnaire.Site01.GetRecordAsync(new GetRecordRequest { RecordId = qlq.Header.RecordId }));
        Assert.Equal(100, scores[qlq.Header.RecordId].Scales.Single(scale => scale.Scale == Scale.Summary).Score);
        Assert.Equal((0.751, 80), (scores[eq5d.Header.RecordId].IndexValue, scores[eq5d.Header.RecordId].VasScore));
    }

    [Fact]
    public async Task An_amendment_scores_anew_and_a_retraction_takes_the_scores_along()
    {
        var participant = questionnaire.Enrol();
        var saved = await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.QlqC30()));
        var id = saved.Header.RecordId;
        var amended = await questionnaire.Site01.SubmitRecordAsync(Form.Amend(saved, form => form.Answers[28].Score = form.Answers[29].Score = 1));

        Assert.Equal(0, (await ScoresAsync(participant, records => records.GetValueOrDefault(id)?.Scales[0].Score == 0))[id].Scales[0].Score);

        await questionnaire.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = id,
            ExpectedVersion = amended.Header.Version,
            Reason = "Another participant's",
        });
        Assert.Empty(await ScoresAsync(participant, records => records.Count == 0));
    }

    [Fact]
    public async Task A_second_form_of_a_visit_is_refused_until_the_first_is_retracted()
    {
        var participant = questionnaire.Enrol();
        var first = await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.QlqC30()));

        var problem = await Problem.OfAsync(async () => await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.QlqC30())));
        Assert.Equal(["Q01 qlq_c30.visit"], problem.Fields);

        var verdicts = await QuestionnaireHost.ImportAsync(
            questionnaire.Site01,
            Form.Submit(participant, Form.QlqC30(form => (form.Visit, form.CompletionDate) = (Visit.Week8, "2024-04-26"))),
            Form.Submit(participant, Form.QlqC30(form => (form.Visit, form.CompletionDate) = (Visit.Week8, "2024-04-26"))));
        Assert.Equal([ImportOutcome.Saved, ImportOutcome.Refused], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal("Q01! visit", verdicts[1].Findings.Brief());

        await questionnaire.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = first.Header.RecordId,
            ExpectedVersion = 1,
            Reason = "Another participant's",
        });
        Assert.Equal(1, (await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.QlqC30()))).Header.Version);
    }

    [Fact]
    public async Task A_form_outside_its_window_is_saved_and_asked_about()
    {
        var saved = await questionnaire.Site01.SubmitRecordAsync(
            Form.Submit(questionnaire.Enrol(), Form.QlqC30(form => form.CompletionDate = "2024-04-05")));

        Assert.Equal("Q02? completion_date", saved.Header.Findings.Brief());
        Assert.Equal("Questionnaire is 4 days outside the window.", saved.Header.Findings.Single().Message);
    }

    [Fact]
    public async Task Every_fault_of_a_form_is_told_with_its_path()
    {
        var problem = await Problem.OfAsync(async () => await questionnaire.Site01.SubmitRecordAsync(Form.Submit(
            questionnaire.Enrol(), Form.QlqC30(form => (form.Answers[3].Score, form.Mode) = (9, CompletionMode.Unspecified)))));

        Assert.Equal(["F01 qlq_c30.mode", "F02 qlq_c30.answers[3].score"], problem.Fields);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_another_sites_questionnaires()
    {
        var participant = questionnaire.Enrol();
        var saved = await questionnaire.Site01.SubmitRecordAsync(Form.Submit(participant, Form.QlqC30()));

        Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await questionnaire.Site02.GetRecordAsync(new GetRecordRequest { RecordId = saved.Header.RecordId })));
        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () => await questionnaire.Site02.SubmitRecordAsync(Form.Submit(participant, Form.Eq5d5l()))));
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_scope_opens_what_the_contract_says_and_nothing_else(string name)
    {
        var rpc = QuestionnaireService.Descriptor.FindMethodByName(name);
        var access = rpc.GetOptions().GetExtension(AccessExtensions.Access);
        foreach (var scope in (string[])["equecel.capture", "equecel.study", "equecel.manage", "equecel.feed", "*"])
        {
            var allowed = scope == access.Scope || access.UnconfinedScopes.Contains(scope);
            var token = questionnaire.Token("somebody", scope, scope == "equecel.capture" ? "01" : null);
            Assert.Equal($"{scope}: {(allowed ? "" : "PermissionDenied SCOPE_MISSING")}", $"{scope}: {await AnyRpc.KnockAsync(questionnaire.Channel, rpc, token)}");
        }

        Assert.Equal("Unauthenticated TOKEN_NOT_ACCEPTED", await AnyRpc.KnockAsync(questionnaire.Channel, rpc, token: null));
    }

    private static async Task<string> WhyNotAsync(Func<Task> call) => (await Problem.OfAsync(call)).Why;

    private async Task<Dictionary<string, QuestionnaireScores>> ScoresAsync(string participant, Func<Dictionary<string, QuestionnaireScores>, bool> arrived) =>
        await Eventually.GetAsync(
            async () => (await questionnaire.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "questionnaire_scores" } })).Records
                .ToDictionary(record => record.QuestionnaireScores.QuestionnaireRecordId, record => record.QuestionnaireScores),
            arrived);
}
