using Equecel.Common.V1;
using Equecel.Enrolment.Eligibilities;
using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.Tests.Eligibilities;

public sealed class EligibilityChecksTests
{
    public static TheoryData<string, Action<Eligibility>> Cases => new()
    {
        { "", _ => { } },
        { "F01! criteria", form => form.Criteria.Clear() },
        { "F02! criteria[0].number", form => form.Criteria[0].Number = 0 },
        { "F04! criteria[1].number", form => form.Criteria[1].Number = 1 },
        { "F01! criteria[0].text_version", form => form.Criteria[0].TextVersion = " " },
        { "F05! criteria[0].text_version", form => form.Criteria[0].TextVersion = new string('1', 21) },
        { "F01! criteria[4].met, E30? eligible", form => form.Criteria[4].Met = YesNoUnknown.Unspecified },
        { "F05! criteria[0].evidence_note", form => form.Criteria[0].EvidenceNote = new string('x', 501) },
        { "F01! eligible", form => form.Eligible = YesNoUnknown.Unspecified },
        { "F01! eligibility_date", form => form.EligibilityDate = "" },
        { "F03! eligibility_date", form => form.EligibilityDate = "2024-01" },
        { "E01! eligibility_date, E29! eligibility_date", form => form.EligibilityDate = "2024-07-02" },
        { "E29! eligibility_date", form => form.EligibilityDate = "2024-06-02" },
        { "E30? eligible", form => form.Criteria[2].Met = YesNoUnknown.No },
        { "", form => (form.Criteria[2].Met, form.Eligible) = (YesNoUnknown.No, YesNoUnknown.No) },
        { "", form => (form.Criteria[2].Met, form.Overridden, form.OverrideReason) = (YesNoUnknown.No, true, "Agreed with the sponsor") },
        { "F01! override_reason", form => (form.Criteria[2].Met, form.Overridden) = (YesNoUnknown.No, true) },
        { "F04! override_reason", form => form.OverrideReason = "Why not" },
        { "F05! override_reason", form => (form.Overridden, form.OverrideReason) = (true, new string('x', 501)) },
        { "E30? eligible", form => form.Criteria[2].Met = YesNoUnknown.Unknown },
        { "", form => (form.Criteria[2].Met, form.Eligible) = (YesNoUnknown.Unknown, YesNoUnknown.Unknown) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<Eligibility> change)
    {
        var form = Form.Eligibility();
        change(form);

        Assert.Equal(expected, EligibilityChecks.Run(form, Form.Context(facts: new ParticipantFacts { CollectionEndDate = "2024-06-01" })).Brief());
    }
}
