using Equecel.Common.V1;
using Equecel.Safety.SecondaryMalignancies;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.SecondaryMalignancy.Types;

namespace Equecel.Safety.Tests.SecondaryMalignancies;

public sealed class SecondaryMalignancyChecksTests
{
    public static TheoryData<string, Action<SecondaryMalignancy>> Malignancies => new()
    {
        { "", _ => { } },
        { "F01! diagnosis_date", form => form.DiagnosisDate = "" },
        { "", form => form.DiagnosisDate = "2024" },
        { "E10! diagnosis_date, E05? samples[0].collection_date", form => (form.DiagnosisDate, form.Samples[0].CollectionDate) = ("2024-02-29", "2023-11-30") },
        { "E01! diagnosis_date, E05? samples[0].collection_date", form => (form.DiagnosisDate, form.Samples[0].CollectionDate) = ("2024-07-02", "2024-04-02") },
        { "F01! category", form => form.Category = Category.Unspecified },
        { "F01! anatomical_site", form => form.ClearAnatomicalSite() },
        { "F01! histology", form => form.ClearHistology() },
        { "F01! causality", form => form.Causality = Causality.Unspecified },
        { "F01! outcome", form => form.Outcome = EventOutcome.Unspecified },
        { "F01! adverse_event_record_id", form => form.ClearAdverseEventRecordId() },
        { "F09! adverse_event_record_id", form => form.AdverseEventRecordId = Form.OtherId },
        { "F01! sample_taken", form => form.ClearSampleTaken() },
        { "S21? samples", form => form.Samples.Clear() },
        { "S21? no_sample_reason", form => None(form, "") },
        { "", form => None(form, "Refused") },
        { "F04! samples", form => form.SampleTaken = false },
        { "F01! samples[0].type", form => form.Samples[0].Type = SampleType.Unspecified },
        { "F01! samples[0].form", form => form.Samples[0].Form = SampleForm.Unspecified },
        { "F02! samples[0].quantity", form => form.Samples[0].Quantity = 101 },
        { "F01! samples[0].consented", form => form.Samples[0].ClearConsented() },
        { "F01! samples[0].collection_date", form => form.Samples[0].CollectionDate = "" },
        { "", form => Ship(form, "2024-06-03", "2024-06-04") },
        { "E10! samples[0].shipment_date", form => Ship(form, "2024-06-01", "2024-06-04") },
        { "E10! samples[0].receipt_date", form => Ship(form, "2024-06-03", "2024-06-02") },
        { "F01! samples[0].laboratory", form => form.Samples[0].ShipmentDate = "2024-06-03" },
        { "S22! samples[0].consented", form => (form.Samples[0].Consented, form.Samples[0].ShipmentDate, form.Samples[0].Laboratory) = (false, "2024-06-03", "Central") },
        { "", form => form.Samples[0].Consented = false },
        { "S22! samples[0].consented", form => Test(form, test => form.Samples[0].Consented = false) },
        { "", form => Test(form, _ => { }) },
        { "F01! samples[0].tests[0].kind", form => Test(form, test => test.Kind = TestKind.Unspecified) },
        { "F01! samples[0].tests[0].text", form => Test(form, test => test.Kind = TestKind.Other) },
        { "F01! samples[0].tests[0].result", form => Test(form, test => test.Result = TestResult.Unspecified) },
        { "F01! samples[0].tests[0].result_date", form => Test(form, test => test.ResultDate = "") },
        { "", form => Test(form, test => (test.Result, test.ResultDate) = (TestResult.Pending, "")) },
        { "F02! samples[0].tests[0].copies_per_ug_dna", form => Test(form, test => test.CopiesPerUgDna = -1) },
        { "E10! samples[0].tests[0].result_date", form => Test(form, test => test.ResultDate = "2024-06-01") },
    };

    [Theory]
    [MemberData(nameof(Malignancies))]
    public void Each_rule_finds_its_field(string expected, Action<SecondaryMalignancy> change)
    {
        var form = Form.Malignancy();
        change(form);

        Assert.Equal(expected, SecondaryMalignancyChecks.Run(form, Form.Context(others: Form.Record(Form.EventId, Event(serious: true)))).Brief());
    }

    [Theory]
    [InlineData(YesNoUnknown.Unspecified)]
    [InlineData(YesNoUnknown.No)]
    [InlineData(YesNoUnknown.Unknown)]
    public void Samples_need_the_participants_consent_as_well(YesNoUnknown consent)
    {
        var facts = Form.Facts();
        facts.ConsentHgrSamples = consent;
        var form = Form.Malignancy();
        Ship(form, "2024-06-03", "2024-06-04");

        Assert.Equal("S22! samples[0].consented", SecondaryMalignancyChecks.Run(form, Form.Context(facts: facts, others: Form.Record(Form.EventId, Event(serious: true)))).Brief());
    }

    [Fact]
    public void Its_event_is_a_serious_one_of_its_kind()
    {
        var form = Form.Malignancy();

        Assert.Equal("S20! adverse_event_record_id", SecondaryMalignancyChecks.Run(form, Form.Context(others: Form.Record(Form.EventId, Event(serious: false)))).Brief());
        Assert.Equal("F09! adverse_event_record_id", SecondaryMalignancyChecks.Run(form, Form.Context(others: Form.Record(Form.EventId, Form.Serious()))).Brief());
    }

    [Fact]
    public void Autopsy_may_find_it()
    {
        var death = Form.Death();
        death.DeathDate = "2024-05-20";
        var context = Form.Context(others: [Form.Record(Form.EventId, Event(serious: true)), Form.Record(Form.OtherId, death)]);

        Assert.Equal("", SecondaryMalignancyChecks.Run(Form.Malignancy(), context).Brief());
    }

    private static AdverseEvent Event(bool serious)
    {
        var form = Form.Serious();
        (form.SpecialInterest, form.Serious) = (AdverseEvent.Types.SpecialInterest.SecondaryMalignancy, serious);
        return form;
    }

    private static void None(SecondaryMalignancy form, string reason)
    {
        form.Samples.Clear();
        form.SampleTaken = false;
        form.NoSampleReason = reason;
    }

    private static void Ship(SecondaryMalignancy form, string shipped, string received) =>
        (form.Samples[0].ShipmentDate, form.Samples[0].ReceiptDate, form.Samples[0].Laboratory) = (shipped, received, "Central");

    private static void Test(SecondaryMalignancy form, Action<SampleTest> change)
    {
        var test = new SampleTest { Kind = TestKind.CarTransgene, Result = TestResult.Negative, ResultDate = "2024-06-10" };
        form.Samples[0].Tests.Add(test);
        change(test);
    }
}
