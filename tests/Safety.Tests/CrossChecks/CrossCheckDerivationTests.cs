using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Safety.CrossChecks;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Tests.CrossChecks;

/// <summary>What two forms need of each other is asked while one of them is not there, whichever comes first.</summary>
public sealed class CrossCheckDerivationTests
{
    private const string Third = "0197f8a0-0000-7000-8000-000000000003";

    [Fact]
    public void A_fatal_event_needs_a_death()
    {
        var fatal = Fatal();

        Assert.Equal("S06? outcome", Asked(Form.Record(Form.EventId, fatal)));
        Assert.Equal("", Asked(Form.Record(Form.EventId, fatal), Form.Record(Form.OtherId, Form.Death())));
        Assert.Equal("", Asked(Form.Record(Form.EventId, Form.Serious())));
    }

    [Fact]
    public void A_hospitalisation_needs_a_stay_that_either_of_the_two_links()
    {
        var form = Form.Serious();
        form.SeriousnessCriteria.Add(SeriousnessCriterion.Hospitalisation);
        var stay = Form.Stay();
        Assert.Equal("S09? hospital_stay_record_ids", Asked(Form.Record(Form.EventId, form), Form.Record(Form.OtherId, stay)));

        var linking = stay.Clone();
        linking.AdverseEventRecordIds.Add(Form.EventId);
        Assert.Equal("", Asked(Form.Record(Form.EventId, form), Form.Record(Form.OtherId, linking)));

        form.HospitalStayRecordIds.Add(Form.OtherId);
        Assert.Equal("", Asked(Form.Record(Form.EventId, form), Form.Record(Form.OtherId, stay)));
    }

    [Theory]
    [InlineData(HospitalStay.Types.Reason.AdverseEvent, "S10? adverse_event_record_ids")]
    [InlineData(HospitalStay.Types.Reason.Infection, "S10? adverse_event_record_ids")]
    [InlineData(HospitalStay.Types.Reason.SupportiveCare, "")]
    public void A_stay_for_an_event_needs_it(HospitalStay.Types.Reason reason, string expected)
    {
        var stay = Form.Stay();
        stay.Reason = reason;
        var form = Form.AdverseEvent();
        Assert.Equal(expected, Asked(Form.Record(Form.OtherId, stay), Form.Record(Form.EventId, form)));

        form.HospitalStayRecordIds.Add(Form.OtherId);
        Assert.Equal("", Asked(Form.Record(Form.OtherId, stay), Form.Record(Form.EventId, form)));
    }

    [Theory]
    [InlineData("2024-03-20", "2024-04-01", HospitalStay.Types.Outcome.Improved, "")]
    [InlineData("2024-03-19", "2024-04-01", HospitalStay.Types.Outcome.Improved, "")]
    [InlineData("2024-03-18", "2024-04-01", HospitalStay.Types.Outcome.Improved, "S13? admission_date")]
    [InlineData("2024-03-18", "2024-03-19", HospitalStay.Types.Outcome.Improved, "")]
    [InlineData("2024-03-18", "2024-04-01", HospitalStay.Types.Outcome.Transferred, "")]
    public void Stays_overlap_by_a_day_or_after_a_transfer(string admission, string discharge, HospitalStay.Types.Outcome left, string expected)
    {
        var (first, second) = (Form.Stay(), Form.Stay());
        first.Outcome = left;
        (second.Kind, second.AdmissionDate, second.DischargeDate) = (HospitalStay.Types.Kind.Readmission, admission, discharge);

        Assert.Equal(expected, Asked(Form.Record(Form.OtherId, second), Form.Record(Form.EventId, first)));
    }

    [Fact]
    public void Intensive_care_needs_an_event_at_that_time()
    {
        var stay = Form.Stay();
        stay.IcuPeriods.Add(new HospitalStay.Types.IcuPeriod { InTime = Form.At("2024-03-05T10:00:00+08:00"), OutTime = Form.At("2024-03-07T10:00:00+08:00") });
        var late = Form.AdverseEvent();
        (late.OnsetDate, late.EndDate) = ("2024-03-21", "2024-03-22");

        Assert.Equal("S19? icu_periods", Asked(Form.Record(Form.OtherId, stay)));
        Assert.Equal("S19? icu_periods", Asked(Form.Record(Form.OtherId, stay), Form.Record(Form.EventId, late)));
        Assert.Equal("", Asked(Form.Record(Form.OtherId, stay), Form.Record(Form.EventId, Form.AdverseEvent())));
    }

    [Fact]
    public void Tocilizumab_needs_CRS_or_the_like()
    {
        var drug = Form.Prescription();
        drug.Drug = "Tocilizumab 480 mg";

        Assert.Equal("S19? drug", Asked(Form.Record(Form.OtherId, drug), Form.Record(Form.EventId, Form.AdverseEvent())));
        Assert.Equal("", Asked(Form.Record(Form.OtherId, drug), Form.Record(Form.EventId, Form.Crs())));
    }

    [Theory]
    [InlineData("2024-01-01", "", "S28? drug")]
    [InlineData("2024-01-01", "2024-02-20", "S28? drug")]
    [InlineData("2024-01-01", "2024-02-02", "")]
    [InlineData("2024-03-01", "", "")]
    public void A_drug_that_was_taken_before_the_infusion_is_not_new(string start, string end, string expected)
    {
        var (drug, before) = (Form.Prescription(), Form.Prescription());
        (before.Drug, before.StartDate, before.EndDate, before.Ongoing, before.NewlyStarted) =
            (" ACICLOVIR", start, end, end.Length == 0, YesNoUnknown.Unspecified);

        Assert.Equal(expected, Asked(Form.Record(Form.EventId, drug), Form.Record(Form.OtherId, before)));
    }

    [Fact]
    public void A_link_to_what_was_retracted_is_asked_about()
    {
        var death = Form.Death();
        death.AdverseEventRecordId = Form.EventId;
        var encounter = Form.Encounter();
        encounter.AdverseEventRecordIds.Add([Form.EventId, Third]);
        var fatal = Form.Record(Form.EventId, Fatal());

        Assert.Equal("F09? adverse_event_record_id", Asked(Form.Record(Form.OtherId, death)));
        Assert.Equal("", Asked(Form.Record(Form.OtherId, death), fatal));
        Assert.Equal("F09? adverse_event_record_ids[1]", Asked(Form.Record(Form.OtherId, encounter), fatal with { Form = Form.AdverseEvent() }));
    }

    [Fact]
    public void What_is_asked_stands_with_the_record_that_it_is_about()
    {
        var derived = CrossCheckDerivation.Derive(Form.Facts(), [Form.Record(Form.EventId, Fatal())]).Single();

        Assert.Equal(Form.EventId, derived.SourceRecordId);
        Assert.Equal(new CrossCheck { SubjectRecordId = Form.EventId, SubjectKind = "adverse_event", RuleSet = "SAFETY/1" }, derived.Form);
        Assert.Equal(("Record the death.", "请填写死亡记录。"), (derived.Findings[0].Message, derived.Findings[0].MessageZh));
    }

    private static AdverseEvent Fatal()
    {
        var form = Form.Serious();
        (form.Grade, form.Outcome) = (5, EventOutcome.Fatal);
        return form;
    }

    private static string Asked(params CurrentRecord[] records) =>
        CrossCheckDerivation.Derive(Form.Facts(), records).SelectMany(derived => derived.Findings).Brief();
}
