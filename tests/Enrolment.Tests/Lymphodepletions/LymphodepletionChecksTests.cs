using Equecel.Common.V1;
using Equecel.Enrolment.Lymphodepletions;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Lymphodepletion.Types;
using Agent = Equecel.Enrolment.V1.Lymphodepletion.Types.Agent;

namespace Equecel.Enrolment.Tests.Lymphodepletions;

public sealed class LymphodepletionChecksTests
{
    public static TheoryData<string, Action<Lymphodepletion>> Cases => new()
    {
        { "", _ => { } },
        { "F01! doses", form => form.Doses.Clear() },
        { "F01! doses[0].agent", form => form.Doses[0].Agent = Agent.Unspecified },
        { "F01! doses[0].agent_name", form => form.Doses[0].Agent = Agent.Other },
        { "", form => (form.Doses[0].Agent, form.Doses[0].AgentName) = (Agent.Other, "Busulfan") },
        { "F04! doses[0].agent_name", form => form.Doses[0].AgentName = "Fludarabine" },
        { "F01! doses[0].dose_date", form => form.Doses[0].DoseDate = "" },
        { "F03! doses[0].dose_date", form => form.Doses[0].DoseDate = "25.2.2024" },
        { "F04! doses[2].agent", form => form.Doses[2].DoseDate = "2024-02-25" },
        { "F01! doses[0].dose_mg_per_m2", form => form.Doses[0].ClearDoseMgPerM2() },
        { "", form => { form.Doses[0].ClearDoseMgPerM2(); form.Doses[0].DoseMg = 50; } },
        { "F02! doses[0].dose_mg", form => form.Doses[0].DoseMg = 10_001 },
        { "F02! doses[0].dose_mg_per_m2", form => form.Doses[0].DoseMgPerM2 = 50.1 },
        { "E19? doses[0].dose_mg_per_m2", form => form.Doses[0].DoseMgPerM2 = 50 },
        { "E19? doses[0].dose_mg_per_m2", form => form.Doses[0].DoseMgPerM2 = 24.9 },
        { "", form => form.Doses[0].DoseMgPerM2 = 25 },
        { "F02! doses[1].dose_mg_per_m2", form => form.Doses[1].DoseMgPerM2 = 1500.1 },
        { "E19? doses[1].dose_mg_per_m2", form => form.Doses[1].DoseMgPerM2 = 500.1 },
        { "E19? doses[1].dose_mg_per_m2", form => form.Doses[1].DoseMgPerM2 = 299.9 },
        { "", form => form.Doses[1].DoseMgPerM2 = 300 },
        { "F01! reduction_reason", form => form.DoseReduced = YesNoUnknown.Yes },
        { "", form => (form.DoseReduced, form.ReductionReason) = (YesNoUnknown.Yes, ReductionReason.Renal) },
        { "F04! reduction_reason", form => form.ReductionReason = ReductionReason.Age },
        { "E18? doses", form => { form.Doses.RemoveAt(5); form.Doses.RemoveAt(4); } },
        { "E18? doses", form => form.Doses.Add(Dose("2024-02-28")) },
        { "E18? doses", form => { form.Doses.RemoveAt(0); form.Doses.RemoveAt(0); form.Doses.Add(Dose("2024-02-29")); } },
        { "", form => { form.Doses.RemoveAt(0); form.Doses.RemoveAt(0); form.Doses.Add(Dose("2024-02-28")); } },
        { "E18? doses, E17! doses", form => form.Doses.Add(Dose("2024-03-01")) },
        { "E18? doses, F02! doses", form => form.Doses.Add(Dose("2024-02-15")) },
        { "E18? doses", form => form.Doses.Add(Dose("2024-02-16")) },
        { "E18? doses", form => form.Move(-5) },
        { "", form => form.Move(-4) },
        { "E03! doses[0].dose_date, E03! doses[1].dose_date, E03! doses[2].dose_date, E03! doses[3].dose_date, F02! doses, E18? doses", form => form.Move(-48) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<Lymphodepletion> change)
    {
        var form = Form.Lymphodepletion();
        change(form);

        var facts = new ParticipantFacts { ConsentDate = "2024-01-10", InfusionDate = "2024-03-01" };
        Assert.Equal(expected, LymphodepletionChecks.Run(form, Form.Context(facts: facts)).Brief());
    }

    [Theory]
    [InlineData("2024-02-25", "")]
    [InlineData("2024-02-26", "E16! doses")]
    public void Bridging_that_was_saved_before_ends_before_it(string end, string expected)
    {
        var bridging = Form.Bridging();
        bridging.EndDate = end;

        Assert.Equal(expected, LymphodepletionChecks.Run(Form.Lymphodepletion(), Form.Context().With(bridging)).Brief());
    }

    [Fact]
    public void An_unusual_dose_is_told_with_its_drug()
    {
        var form = Form.Lymphodepletion();
        form.Doses[0].DoseMgPerM2 = 20;
        var finding = LymphodepletionChecks.Run(form, Form.Context()).OfType<Records.V1.Finding>().Single();

        Assert.Equal(("Fludarabine 20 mg/m² is outside the usual range.", "氟达拉滨剂量20 mg/m²超出常规范围。"), (finding.Message, finding.MessageZh));
    }

    private static Dose Dose(string date) => new() { Agent = Agent.Fludarabine, DoseDate = date, DoseMgPerM2 = 30 };
}

internal static class LymphodepletionForms
{
    /// <summary>Moves every dose by days.</summary>
    public static void Move(this Lymphodepletion form, int days)
    {
        foreach (var dose in form.Doses)
        {
            dose.DoseDate = Records.Forms.CivilDate.ToWire(Records.Forms.CivilDate.Find(dose.DoseDate)!.Value.AddDays(days));
        }
    }
}
