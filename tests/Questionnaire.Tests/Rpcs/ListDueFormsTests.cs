using System.Globalization;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;

namespace Equecel.Questionnaire.Tests.Rpcs;

/// <summary>Each test has a site of its own. Infusions are dated from today, since the service judges by its clock.</summary>
public sealed class ListDueFormsTests(QuestionnaireHost questionnaire) : IClassFixture<QuestionnaireHost>
{
    [Fact]
    public async Task Who_has_no_record_yet_is_known_and_what_is_sent_is_done()
    {
        var participant = Enrol("31", infusedDaysAgo: 28);
        var site = As("31");

        Assert.Equal(["eq5d5l Week4 Due", "qlq_c30 Week4 Due"], Brief((await site.ListDueFormsAsync(new ListDueFormsRequest())).Forms));

        var saved = await site.SubmitRecordAsync(Form.Submit(participant, Form.QlqC30(form => form.CompletionDate = DaysAgo(1))));
        await site.SubmitRecordAsync(Form.Submit(participant, Form.Eq5d3l(change: form => (form.Visit, form.CompletionDate) = (Visit.Unscheduled, DaysAgo(0)))));

        var all = (await site.ListDueFormsAsync(new ListDueFormsRequest { States = { DueState.Done }, PageSize = 500 })).Forms;
        Assert.Equal(["eq5d5l Week4 Done", "qlq_c30 Week4 Done"], Brief(all));
        var done = all.Single(form => form.Kind == "qlq_c30");
        Assert.Equal(
            (participant, "31", saved.Header.RecordId, DaysAgo(1), DaysAgo(0), DaysAgo(3), DaysAgo(-3), 28, 0),
            (done.Participant, done.Site, done.RecordId, done.RecordDate, done.TargetDate, done.WindowOpenDate, done.WindowCloseDate, done.TargetDay, done.DaysLate));
    }

    [Fact]
    public async Task Pages_follow_one_another_in_the_order_of_dates()
    {
        Enrol("32", infusedDaysAgo: 60);
        Enrol("32", infusedDaysAgo: 57);
        var infusion = Enrol("32", infusedDaysAgo: 28);
        var request = new ListDueFormsRequest { Site = "32", PageSize = 2, States = { DueState.Due, DueState.Upcoming } };
        var pages = new List<DueForm>();
        do
        {
            var page = await questionnaire.StudyTeam.ListDueFormsAsync(request);
            Assert.True(page.Forms.Count <= 2);
            Assert.Equal(DaysAgo(0), page.Today);
            pages.AddRange(page.Forms);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        // Of three participants: weeks 8 to 24 of two, weeks 4 to 24 of one, each with two instruments.
        Assert.Equal(20, pages.Count);
        Assert.Equal(pages.OrderBy(form => form.TargetDate, StringComparer.Ordinal).ThenBy(form => form.Participant, StringComparer.Ordinal).ThenBy(form => form.Kind, StringComparer.Ordinal), pages);
        Assert.Equal(8, pages.Count(form => form.Participant == infusion));
    }

    [Fact]
    public async Task One_participant_and_one_kind_can_be_asked_for()
    {
        var participant = Enrol("33", infusedDaysAgo: 56);
        Enrol("33", infusedDaysAgo: 56);

        var answer = await questionnaire.StudyTeam.ListDueFormsAsync(new ListDueFormsRequest { Participant = participant, Kinds = { "eq5d5l" } });

        Assert.Equal(["eq5d5l Week8 Due"], Brief(answer.Forms));
        Assert.All(answer.Forms, form => Assert.Equal(participant, form.Participant));
    }

    [Fact]
    public async Task After_a_withdrawal_from_the_questionnaires_none_is_expected()
    {
        var participant = Enrol("34", infusedDaysAgo: 56);
        questionnaire.Enrolment.Enrolled[participant].QuestionnaireEndDate = DaysAgo(40);

        var states = Enum.GetValues<DueState>().Where(state => state != DueState.Unspecified);
        var all = (await As("34").ListDueFormsAsync(new ListDueFormsRequest { States = { states } })).Forms;

        Assert.Equal(["Baseline Missed"], all.Select(form => $"{form.Visit} {form.State}").Distinct());
    }

    [Fact]
    public async Task A_site_asks_about_itself_and_who_sees_all_sites_names_one()
    {
        Assert.Equal("PermissionDenied OTHER_SITE", (await Problem.OfAsync(async () => await As("35").ListDueFormsAsync(new ListDueFormsRequest { Site = "36" }))).Why);
        Assert.Equal("PermissionDenied OTHER_SITE", (await Problem.OfAsync(async () => await As("35").ListDueFormsAsync(new ListDueFormsRequest { Participant = "36-0001" }))).Why);
        Assert.Equal(
            ["page_size", "site", "states", "kinds"],
            (await Problem.OfAsync(async () => await questionnaire.StudyTeam.ListDueFormsAsync(
                new ListDueFormsRequest { PageSize = -1, States = { DueState.Unspecified }, Kinds = { "eq5d3l" } }))).Fields);
        Assert.Equal(["participant"], (await Problem.OfAsync(async () => await As("35").ListDueFormsAsync(new ListDueFormsRequest { Participant = "x" }))).Fields);
        Assert.Equal(["page_token"], (await Problem.OfAsync(async () => await As("35").ListDueFormsAsync(new ListDueFormsRequest { PageToken = "x" }))).Fields);
        Assert.Equal("FailedPrecondition PARTICIPANT_UNKNOWN", (await Problem.OfAsync(async () => await As("35").ListDueFormsAsync(new ListDueFormsRequest { Participant = "35-9999" }))).Why);
        Assert.Empty((await As("35").ListDueFormsAsync(new ListDueFormsRequest())).Forms);
    }

    private static IEnumerable<string> Brief(IEnumerable<DueForm> forms) => forms.Select(form => $"{form.Kind} {form.Visit} {form.State}");

    private static string DaysAgo(int days) =>
        DateOnly.FromDateTime(DateTime.UtcNow + TimeSpan.FromHours(8)).AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private QuestionnaireService.QuestionnaireServiceClient As(string site) => questionnaire.As($"site-{site}", "equecel.capture", site);

    private string Enrol(string site, int infusedDaysAgo)
    {
        var participant = questionnaire.Enrol(site);
        questionnaire.Enrolment.Enrolled[participant].InfusionDate = DaysAgo(infusedDaysAgo);
        questionnaire.Enrolment.Enrolled[participant].ConsentDate = "2020-01-01";
        return participant;
    }
}
