using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.Qlq;
using Equecel.Questionnaire.V1;
using Google.Protobuf;

namespace Equecel.Questionnaire.Tests.Completion;

/// <summary>Infused on 1 March 2024; today is 1 July.</summary>
public sealed class VisitChecksTests
{
    [Theory]
    [InlineData(Visit.Week4, "2024-03-29", "")]
    [InlineData(Visit.Unspecified, "2024-03-29", "F01! visit")]
    [InlineData(Visit.Week4, "", "F01! completion_date")]
    [InlineData(Visit.Week4, "29.3.2024", "F03! completion_date")]
    [InlineData(Visit.Unscheduled, "2024-07-01", "")]
    [InlineData(Visit.Unscheduled, "2024-07-02", "E01! completion_date")]
    [InlineData(Visit.Screening, "2024-01-10", "")]
    [InlineData(Visit.Screening, "2024-01-09", "E03! completion_date")]
    public void A_date_is_needed_after_consent_and_not_in_the_future(Visit visit, string date, string expected) =>
        Assert.Equal(expected, Check(visit, date));

    // Days 25 to 31 are week 4, 49 to 63 week 8; the baseline is at most 35 days before.
    [Theory]
    [InlineData(Visit.Week4, "2024-03-26", null)]
    [InlineData(Visit.Week4, "2024-04-01", null)]
    [InlineData(Visit.Week4, "2024-03-25", 1)]
    [InlineData(Visit.Week4, "2024-04-03", 2)]
    [InlineData(Visit.Week8, "2024-05-03", null)]
    [InlineData(Visit.Baseline, "2024-02-29", null)]
    [InlineData(Visit.Baseline, "2024-03-01", 1)]
    [InlineData(Visit.Baseline, "2024-01-25", 1)]
    [InlineData(Visit.Later, "2024-06-01", null)]
    [InlineData(Visit.Unscheduled, "2024-06-01", null)]
    public void A_date_outside_the_window_is_asked_about(Visit visit, string date, int? days)
    {
        var findings = QlqC30Checks.Run(At(visit, date), Form.Context()).OfType<Records.V1.Finding>().ToList();

        Assert.Equal(days is null ? "" : "Q02? completion_date", findings.Brief());
        Assert.Equal(days is null ? null : $"Questionnaire is {days} days outside the window.", findings.SingleOrDefault()?.Message);
        Assert.Equal(days is null ? null : $"问卷超窗{days}天。", findings.SingleOrDefault()?.MessageZh);
    }

    [Fact]
    public void An_archive_is_not_asked_about_its_dates_nor_is_anybody_before_the_infusion_or_about_what_was_not_done()
    {
        var facts = Form.Facts();
        facts.ClearInfusionDate();
        Assert.Equal("", Check(Visit.Week4, "2024-06-01", DataOrigin.Retrospective));
        Assert.Equal("", Check(Visit.Week4, "2024-06-01", facts: facts));
        Assert.Equal("", QlqC30Checks.Run(new QlqC30 { Visit = Visit.Week4, CompletionDate = "2024-06-01", NotDoneReason = MissingReason.Refused }, Form.Context()).Brief());
    }

    [Fact]
    public void An_archive_may_lie_before_consent() => Assert.Equal("", Check(Visit.Screening, "2024-01-09", DataOrigin.Retrospective));

    [Theory]
    [InlineData("2024-03-29", "", "")]
    [InlineData("2024-03-28", "", "E29! completion_date")]
    [InlineData("", "2024-03-29", "")]
    [InlineData("", "2024-03-28", "E29! completion_date")]
    [InlineData("2024-06-01", "2024-03-28", "E29! completion_date")]
    [InlineData("2024-03-28", "2024-06-01", "E29! completion_date")]
    public void Nothing_is_collected_after_a_withdrawal_from_all_or_from_the_questionnaires(string all, string questionnaires, string expected)
    {
        var facts = Form.Facts();
        if (all.Length > 0)
        {
            facts.CollectionEndDate = all;
        }

        if (questionnaires.Length > 0)
        {
            facts.QuestionnaireEndDate = questionnaires;
        }

        Assert.Equal(expected, Check(Visit.Week4, "2024-03-29", facts: facts));
    }

    [Theory]
    [InlineData("2024-03-29", "")]
    [InlineData("2024-03-28", "E25! completion_date")]
    [InlineData("2024-03", "")]
    [InlineData("2024-02", "E25! completion_date")]
    public void Nobody_answers_after_death(string death, string expected)
    {
        var facts = Form.Facts();
        facts.DeathDate = death;

        Assert.Equal(expected, Check(Visit.Week4, "2024-03-29", facts: facts));
    }

    [Fact]
    public void There_is_one_form_of_an_instrument_a_visit()
    {
        Assert.Equal("Q01! visit", Check(Visit.Week4, "2024-03-29", others: Form.QlqC30()));
        Assert.Equal("Q01! visit", Check(Visit.Week4, "2024-03-29", others: new QlqC30 { Visit = Visit.Week4, NotDoneReason = MissingReason.Refused }));
        Assert.Equal("", Check(Visit.Week8, "2024-05-01", others: Form.QlqC30()));
        Assert.Equal("", Check(Visit.Week4, "2024-03-29", others: Form.Eq5d5l()));
        Assert.Equal("", Check(Visit.Unscheduled, "2024-03-29", others: At(Visit.Unscheduled, "2024-03-29")));
        Assert.Equal("", Check(Visit.Later, "2024-06-29", others: At(Visit.Later, "2024-06-01")));
    }

    private static string Check(
        Visit visit, string date, DataOrigin origin = DataOrigin.Prospective, ParticipantFacts? facts = null, params IMessage[] others) =>
        QlqC30Checks.Run(At(visit, date), Form.Context(origin, facts, others)).Brief();

    private static QlqC30 At(Visit visit, string date) => Form.QlqC30(form => (form.Visit, form.CompletionDate) = (visit, date));
}
