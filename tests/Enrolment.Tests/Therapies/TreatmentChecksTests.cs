using Equecel.Enrolment.Therapies;
using Equecel.Enrolment.V1;
using Google.Protobuf.Collections;

namespace Equecel.Enrolment.Tests.Therapies;

public sealed class TreatmentChecksTests
{
    public static TheoryData<string, Treatment> Cases => new()
    {
        { "", Form.Drug(Agent.Bortezomib, TherapyClass.Pi) },
        { "F01! treatments[0].therapy_class", new Treatment() },
        { "F01! treatments[0].therapy_class", new Treatment { Agent = Agent.Bortezomib } },
        { "F04! treatments[0].therapy_class", Form.Drug(Agent.Bortezomib, TherapyClass.Imid) },
        { "F04! treatments[0].therapy_class", Form.Drug(Agent.Melphalan, TherapyClass.Radiotherapy) },
        { "F01! treatments[0].name", new Treatment { TherapyClass = TherapyClass.Other } },
        { "F01! treatments[0].name", new Treatment { TherapyClass = TherapyClass.BcmaCart, Name = " " } },
        { "", new Treatment { TherapyClass = TherapyClass.BcmaCart, Name = "trial product" } },
        { "", new Treatment { TherapyClass = TherapyClass.Radiotherapy } },
        { "F05! treatments[0].name", new Treatment { TherapyClass = TherapyClass.Other, Name = new string('x', 201) } },
        { "F03! treatments[0].first_dose_date", new Treatment { TherapyClass = TherapyClass.Surgery, FirstDoseDate = "2020-13" } },
        { "E01! treatments[0].first_dose_date", new Treatment { TherapyClass = TherapyClass.Surgery, FirstDoseDate = "2024-07-02" } },
        { "", new Treatment { TherapyClass = TherapyClass.Surgery, FirstDoseDate = "2024-07" } },
        { "E10! treatments[0].last_dose_date", new Treatment { TherapyClass = TherapyClass.Surgery, FirstDoseDate = "2020-03-02", LastDoseDate = "2020-03-01" } },
        { "", new Treatment { TherapyClass = TherapyClass.Surgery, FirstDoseDate = "2020-03-02", LastDoseDate = "2020-03" } },
        { "E13? treatments[0].first_dose_date", new Treatment { TherapyClass = TherapyClass.Asct, Conditioning = "melphalan 200" } },
        { "E13? treatments[0].conditioning", new Treatment { TherapyClass = TherapyClass.Asct, FirstDoseDate = "2020" } },
        { "", new Treatment { TherapyClass = TherapyClass.Asct, FirstDoseDate = "2020", Conditioning = "melphalan 200" } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Treatment treatment) =>
        Assert.Equal(expected, TreatmentChecks.Run(Form.Context(), new RepeatedField<Treatment> { treatment }).Brief());

    [Fact]
    public void There_is_at_least_one_and_at_most_thirty()
    {
        Assert.Equal("F01! treatments", TreatmentChecks.Run(Form.Context(), []).Brief());
        Assert.Equal("", TreatmentChecks.Run(Form.Context(), [], required: false).Brief());
        var many = new RepeatedField<Treatment> { Enumerable.Repeat(Form.Drug(Agent.Bortezomib, TherapyClass.Pi), 31) };
        Assert.Equal("F08! treatments", TreatmentChecks.Run(Form.Context(), many).Brief());
    }

    [Fact]
    public void Every_drug_has_a_class() =>
        Assert.All(Enum.GetValues<Agent>().Where(agent => agent != Agent.Unspecified), agent => Assert.NotEqual(TherapyClass.Unspecified, AgentClass.Of(agent)));
}
