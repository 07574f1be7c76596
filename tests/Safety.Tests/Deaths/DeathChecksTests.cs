using Equecel.Common.V1;
using Equecel.Safety.Deaths;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.Death.Types;

namespace Equecel.Safety.Tests.Deaths;

public sealed class DeathChecksTests
{
    public static TheoryData<string, Action<Death>> Prospective => new()
    {
        { "", _ => { } },
        { "F01! primary_cause", form => form.PrimaryCause = Cause.Unspecified },
        { "F01! cause_text", form => form.CauseText = " " },
        { "F05! cause_text", form => form.CauseText = new string('x', 501) },
        { "F01! autopsy", form => form.Autopsy = YesNoUnknown.Unspecified },
        { "F01! causality", form => form.Causality = Causality.Unspecified },
        { "F03! adverse_event_record_id", form => form.AdverseEventRecordId = "the pneumonia" },
        { "S06? adverse_event_record_id", form => form.PrimaryCause = Cause.AdverseEvent },
        { "S06? adverse_event_record_id", form => form.PrimaryCause = Cause.Infection },
        { "S06? adverse_event_record_id", form => form.PrimaryCause = Cause.SecondaryMalignancy },
        { "F09! adverse_event_record_id", form => (form.PrimaryCause, form.AdverseEventRecordId) = (Cause.Infection, Form.EventId) },
        { "F01! death_date", form => form.DeathDate = "" },
        { "F03! death_date", form => form.DeathDate = "2024" },
        { "F03! death_date", form => form.DeathDate = "10.06.2024" },
        { "F03! death_date", form => form.DeathDate = "2024-06" },
        { "E01! death_date", form => form.DeathDate = "2024-07-02" },
        { "", form => form.DeathDate = "2024-07-01" },
        { "", form => form.DeathDate = "2024-06-01" },
        { "E25! death_date", form => form.DeathDate = "2024-05-31" },
        { "E25! death_date, E25! death_date", form => form.DeathDate = "2024-02-29" },
        { "E10! death_date, E25! death_date, E25! death_date", form => form.DeathDate = "2024-01-10" },
    };

    [Theory]
    [MemberData(nameof(Prospective))]
    public void Each_rule_finds_its_field(string expected, Action<Death> change)
    {
        var form = Form.Death();
        change(form);

        Assert.Equal(expected, DeathChecks.Run(form, Form.Context()).Brief());
    }

    [Theory]
    [InlineData("2024-06", "")]
    [InlineData("2024", "F03! death_date")]
    [InlineData("2024-07", "")]
    [InlineData("2024-08", "E01! death_date")]
    [InlineData("2024-05", "E25! death_date")]
    [InlineData("1960-04", "E10! death_date, E25! death_date, E25! death_date")]
    public void An_archive_may_know_the_month_alone(string date, string expected)
    {
        var form = Form.Death();
        form.DeathDate = date;

        Assert.Equal(expected, DeathChecks.Run(form, Form.Context(DataOrigin.Retrospective)).Brief());
    }

    [Theory]
    [InlineData(5, EventOutcome.Fatal, "")]
    [InlineData(4, EventOutcome.NotRecovered, "S06! adverse_event_record_id")]
    public void The_linked_event_is_fatal(int grade, EventOutcome outcome, string expected)
    {
        var linked = Form.Serious();
        (linked.Grade, linked.Outcome) = (grade, outcome);
        var form = Form.Death();
        (form.PrimaryCause, form.AdverseEventRecordId) = (Cause.Infection, Form.EventId);

        Assert.Equal(expected, DeathChecks.Run(form, Form.Context(others: Form.Record(Form.EventId, linked))).Brief());
    }

    [Fact]
    public void No_other_record_is_dated_after_it_but_a_second_cancer()
    {
        var encounter = Form.Encounter();
        encounter.Date = "2024-06-11";
        var malignancy = Form.Malignancy();
        malignancy.DiagnosisDate = "2024-06-20";

        Assert.Equal("E25! death_date", DeathChecks.Run(Form.Death(), Form.Context(others: Form.Record(Form.OtherId, encounter))).Brief());
        Assert.Equal("", DeathChecks.Run(Form.Death(), Form.Context(others: Form.Record(Form.OtherId, malignancy))).Brief());
    }

    [Theory]
    [InlineData("2024-06-09", "E29! death_date")]
    [InlineData("2024-06-10", "")]
    public void Nothing_is_collected_after_withdrawal(string withdrawal, string expected)
    {
        var facts = Form.Facts();
        facts.CollectionEndDate = withdrawal;

        Assert.Equal(expected, DeathChecks.Run(Form.Death(), Form.Context(facts: facts)).Brief());
    }
}
