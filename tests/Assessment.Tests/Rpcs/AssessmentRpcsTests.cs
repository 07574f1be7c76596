using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Google.Rpc;

namespace Equecel.Assessment.Tests.Rpcs;

/// <summary>The uniform verbs over Assessment's forms; what they have in common with Enrolment's is tested there.</summary>
public sealed class AssessmentRpcsTests(AssessmentHost assessment) : IClassFixture<AssessmentHost>
{
    public static TheoryData<string> Rpcs => new(AssessmentService.Descriptor.Methods.Select(method => method.Name).ToArray());

    [Fact]
    public async Task An_assessment_is_saved_read_and_amended()
    {
        var participant = assessment.Enrol();
        var request = Form.Submit(participant, Form.Baseline());
        var saved = await assessment.Site01.SubmitRecordAsync(request);

        Assert.Equal(("disease_assessment", "01", ""), (saved.Header.Kind, saved.Header.Site, saved.Header.Findings.Brief()));
        Assert.Equal(request.DiseaseAssessment, saved.DiseaseAssessment);
        Assert.Equal(saved, await assessment.Site01.SubmitRecordAsync(request));
        Assert.Equal(saved, await assessment.StudyTeam.GetRecordAsync(new GetRecordRequest { RecordId = saved.Header.RecordId }));
        Assert.Equal(2, (await assessment.Site01.SubmitRecordAsync(Form.Amend(saved, form => form.PlateletsE9PerL = 140))).Header.Version);
    }

    [Fact]
    public async Task Every_field_at_fault_is_named_at_once_in_both_languages()
    {
        var form = Form.Week8();
        (form.MarrowPlasmaCellsPercent, form.SerumMProteinGPerL, form.ResponseDate) = (5, 151, "2024-02-28");
        form.ClearKappaMgPerL();
        var problem = await Problem.OfAsync(async () => await assessment.Site01.SubmitRecordAsync(Form.Submit(assessment.Enrol(), form)));

        Assert.Equal("InvalidArgument INVALID_FIELDS", problem.Why);
        Assert.Equal(
            [
                "F01 disease_assessment.kappa_mg_per_l", "A16 disease_assessment.response_date",
                "A01 disease_assessment.serum_m_protein_g_per_l", "A09 disease_assessment.marrow_plasma_cells_percent",
            ],
            problem.Fields);
        Assert.All(problem.Detail<BadRequest>().FieldViolations, violation => Assert.Equal(
            (true, "zh-CN", true), (violation.Description.Length > 0, violation.LocalizedMessage.Locale, violation.LocalizedMessage.Message.Length > 0)));
    }

    [Fact]
    public async Task Values_that_are_no_numbers_are_refused_with_their_field()
    {
        var form = Form.Week4();
        (form.SerumMProteinGPerL, form.KappaMgPerL, form.LightChainRatio) = (double.NaN, double.PositiveInfinity, 1e300);
        var problem = await Problem.OfAsync(async () => await assessment.Site01.SubmitRecordAsync(Form.Submit(assessment.Enrol(), form)));

        Assert.Equal(
            ["F02 disease_assessment.serum_m_protein_g_per_l", "F02 disease_assessment.kappa_mg_per_l", "A01 disease_assessment.light_chain_ratio"],
            problem.Fields);
    }

    [Fact]
    public async Task A_response_is_compared_with_what_was_saved_before()
    {
        var participant = assessment.Enrol();
        await assessment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Baseline()));
        var form = Form.Week4();
        form.InvestigatorResponse = Response.Partial;

        var saved = await assessment.Site01.SubmitRecordAsync(Form.Submit(participant, form));

        Assert.Equal("A12? investigator_response", saved.Header.Findings.Brief());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_Enrolment_saved_a_moment_ago_counts(bool imported)
    {
        var participant = assessment.Enrol();
        var infused = assessment.Enrolment.Enrolled[participant];
        var before = infused.Clone();
        before.ClearInfusionDate();
        assessment.Enrolment.Enrolled[participant] = before;
        await assessment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Baseline()));
        Assert.Equal(
            ["A16 disease_assessment.response_date"],
            (await Problem.OfAsync(async () => await assessment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Week4())))).Fields);

        // What was known is kept for seconds; nothing is refused for it.
        assessment.Enrolment.Enrolled[participant] = infused;
        if (imported)
        {
            Assert.Equal(ImportOutcome.Saved, Assert.Single(await AssessmentHost.ImportAsync(assessment.Site01, Form.Submit(participant, Form.Week4()))).Outcome);
        }
        else
        {
            Assert.Equal(1, (await assessment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Week4()))).Header.Version);
        }
    }

    [Fact]
    public async Task A_row_of_an_import_is_compared_with_the_rows_before_it_also_when_it_is_only_checked()
    {
        foreach (var checkOnly in new[] { true, false })
        {
            var participant = assessment.Enrol();
            var form = Form.Week4();
            form.InvestigatorResponse = Response.Partial;
            var rows = new[] { Form.Submit(participant, Form.Baseline()), Form.Submit(participant, form) };
            Array.ForEach(rows, row => row.Header.ValidateOnly = checkOnly);

            var verdicts = await AssessmentHost.ImportAsync(assessment.Site01, rows);

            Assert.Equal(["", "A12? investigator_response"], verdicts.Select(verdict => verdict.Findings.Brief()));
        }
    }

    [Fact]
    public async Task Assessments_that_are_expected_are_listed_with_what_was_sent()
    {
        var participant = assessment.Enrol("51");
        var site = assessment.As("site-51", "equecel.capture", "51");
        var saved = await site.SubmitRecordAsync(Form.Submit(participant, Form.Week4()));

        // Infused in 2024, so that only the last visit is not too late.
        var forms = (await site.ListDueFormsAsync(new ListDueFormsRequest { States = { DueState.Done, DueState.Overdue, DueState.Missed } })).Forms;

        Assert.Equal(
            ["Baseline Missed", "Week2 Missed", "Week4 Done", "Week8 Missed", "Week12 Missed", "Week16 Missed", "Week20 Missed", "Week24 Overdue"],
            forms.Select(form => $"{form.Visit} {form.State}"));
        Assert.Equal((saved.Header.RecordId, "disease_assessment", "2024-03-29"), (forms[2].RecordId, forms[2].Kind, forms[2].TargetDate));
        Assert.Equal(["Week24"], (await site.ListDueFormsAsync(new ListDueFormsRequest { Participant = participant })).Forms.Select(form => $"{form.Visit}"));
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_scope_opens_what_the_contract_says_and_nothing_else(string name)
    {
        var rpc = AssessmentService.Descriptor.FindMethodByName(name);
        var access = rpc.GetOptions().GetExtension(AccessExtensions.Access);
        foreach (var scope in (string[])["equecel.capture", "equecel.study", "equecel.manage", "equecel.feed", "*"])
        {
            var allowed = scope == access.Scope || access.UnconfinedScopes.Contains(scope);
            var token = assessment.Token("somebody", scope, scope == "equecel.capture" ? "01" : null);
            Assert.Equal($"{scope}: {(allowed ? "" : "PermissionDenied SCOPE_MISSING")}", $"{scope}: {await AnyRpc.KnockAsync(assessment.Channel, rpc, token)}");
        }

        Assert.Equal("Unauthenticated TOKEN_NOT_ACCEPTED", await AnyRpc.KnockAsync(assessment.Channel, rpc, token: null));
        Assert.Equal("Unauthenticated TOKEN_NOT_ACCEPTED", await AnyRpc.KnockAsync(
            assessment.Channel, rpc, assessment.Enrolment.Issuer.Token(claims => claims["aud"] = new System.Text.Json.Nodes.JsonArray("safety"))));
    }

    [Fact]
    public async Task A_site_sees_nothing_of_another_and_changes_nothing_there()
    {
        var participant = assessment.Enrol("02");
        await assessment.Site02.SubmitRecordAsync(Form.Submit(participant, Form.Baseline()));
        var record = await assessment.Site02.SubmitRecordAsync(Form.Submit(participant, Form.Week4()));
        var computed = await Eventually.GetAsync(
            async () => (await assessment.Site02.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "computed_response" } })).Records,
            records => records.Count == 1);

        foreach (var id in new[] { record.Header.RecordId, computed[0].Header.RecordId })
        {
            Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await assessment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = id })));
            Assert.Equal("NotFound RECORD_NOT_FOUND", await WhyNotAsync(async () => await assessment.Site01.ListVersionsAsync(new ListVersionsRequest { RecordId = id })));
        }

        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () => await assessment.Site01.SubmitRecordAsync(Form.Amend(record, _ => { }))));
        Assert.Equal("PermissionDenied OTHER_SITE", await WhyNotAsync(async () => await assessment.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant })));
    }

    private static async Task<string> WhyNotAsync(Func<Task> call) => (await Problem.OfAsync(call)).Why;
}
