using Equecel.Common.V1;
using Equecel.Safety.ResourceUse;
using Equecel.Safety.V1;

namespace Equecel.Safety.Tests.ResourceUse;

public sealed class ResourceUseChecksTests
{
    public static TheoryData<string, Action<HealthcareEncounter>> Encounters => new()
    {
        { "", _ => { } },
        { "F01! date", form => form.Date = "" },
        { "E01! date", form => form.Date = "2024-07-02" },
        { "F01! kind", form => form.Kind = HealthcareEncounter.Types.Kind.Unspecified },
        { "F01! reason", form => form.Reason = HealthcareEncounter.Types.Reason.Unspecified },
        { "F01! reason_text", form => form.Reason = HealthcareEncounter.Types.Reason.Other },
        { "F01! admitted_after", form => form.Kind = HealthcareEncounter.Types.Kind.Emergency },
        { "", form => (form.Kind, form.AdmittedAfter) = (HealthcareEncounter.Types.Kind.Emergency, YesNoUnknown.Yes) },
        { "F04! admitted_after", form => form.AdmittedAfter = YesNoUnknown.No },
        { "F09! adverse_event_record_ids[0]", form => form.AdverseEventRecordIds.Add(Form.EventId) },
        { "F01! procedures[0]", form => form.Procedures.Add(" ") },
        { "F02! cost_cny", form => form.CostCny = 5_000_001 },
    };

    [Theory]
    [MemberData(nameof(Encounters))]
    public void Each_rule_of_an_encounter_finds_its_field(string expected, Action<HealthcareEncounter> change)
    {
        var form = Form.Encounter();
        change(form);

        Assert.Equal(expected, HealthcareEncounterChecks.Run(form, Form.Context()).Brief());
    }

    [Theory]
    [InlineData("2024-04-01", "", "S27! date")]
    [InlineData("2024-04-02", "", "")]
    [InlineData("", "2024-04-01", "S27! date")]
    [InlineData("", "2024-04-02", "")]
    public void No_encounter_comes_after_participation(string death, string withdrawal, string expected)
    {
        var facts = Form.Facts();
        if (withdrawal.Length > 0)
        {
            facts.CollectionEndDate = withdrawal;
        }

        var dead = Form.Death();
        dead.DeathDate = death;
        var context = Form.Context(facts: facts, others: death.Length > 0 ? [Form.Record(Form.OtherId, dead)] : []);

        Assert.Equal(expected, HealthcareEncounterChecks.Run(Form.Encounter(), context).Brief());
    }

    public static TheoryData<string, Action<Prescription>> Prescriptions => new()
    {
        { "", _ => { } },
        { "F01! drug", form => form.Drug = "" },
        { "", form => form.AtcCode = "J05AB01" },
        { "", form => form.AtcCode = "J05" },
        { "F03! atc_code", form => form.AtcCode = "J5AB01" },
        { "F01! start_date", form => form.StartDate = "" },
        { "F01! end_date", form => form.Ongoing = false },
        { "F01! end_date", form => form.EndDate = "2024-04-01" },
        { "E10! end_date", form => (form.Ongoing, form.EndDate) = (false, "2024-03-14") },
        { "F01! dose_unit", form => form.Dose = 400 },
        { "", form => (form.Dose, form.DoseUnit, form.Frequency) = (400, "mg", "twice a day") },
        { "F01! indication", form => form.ClearIndication() },
        { "F09! adverse_event_record_id", form => form.AdverseEventRecordId = Form.EventId },
        { "S28? newly_started", form => form.StartDate = "2024-02-29" },
        { "", form => (form.StartDate, form.NewlyStarted) = ("2024-02-29", YesNoUnknown.No) },
        { "", form => form.StartDate = "2024-03-01" },
    };

    [Theory]
    [MemberData(nameof(Prescriptions))]
    public void Each_rule_of_a_prescription_finds_its_field(string expected, Action<Prescription> change)
    {
        var form = Form.Prescription();
        change(form);

        Assert.Equal(expected, PrescriptionChecks.Run(form, Form.Context()).Brief());
    }

    public static TheoryData<string, Action<Transfusion, ImmunoglobulinInfusion>> BloodProducts => new()
    {
        { "|", (_, _) => { } },
        { "F01! date|F01! date", (blood, globulin) => (blood.Date, globulin.Date) = ("", "") },
        { "E01! date|E01! date", (blood, globulin) => (blood.Date, globulin.Date) = ("2024-07-02", "2024-07-02") },
        { "F01! product|F01! grams", (blood, globulin) => Without(blood, globulin) },
        { "F02! units|F02! grams", (blood, globulin) => (blood.Units, globulin.Grams) = (51, 200.5) },
        { "F02! units|F02! grams", (blood, globulin) => (blood.Units, globulin.Grams) = (0, 0.5) },
        { "F09! adverse_event_record_id|F09! adverse_event_record_id", (blood, globulin) => (blood.AdverseEventRecordId, globulin.AdverseEventRecordId) = (Form.EventId, Form.EventId) },
    };

    [Theory]
    [MemberData(nameof(BloodProducts))]
    public void Each_rule_of_a_blood_product_finds_its_field(string expected, Action<Transfusion, ImmunoglobulinInfusion> change)
    {
        var (blood, globulin) = (Form.Transfusion(), Form.Immunoglobulin());
        change(blood, globulin);

        Assert.Equal(expected, $"{BloodProductChecks.Run(blood, Form.Context()).Brief()}|{BloodProductChecks.Run(globulin, Form.Context()).Brief()}");
    }

    private static void Without(Transfusion blood, ImmunoglobulinInfusion globulin)
    {
        blood.Product = Transfusion.Types.Product.Unspecified;
        globulin.ClearGrams();
    }
}
