using Equecel.Enrolment.Infusions;
using Equecel.Enrolment.V1;
using Google.Protobuf;

namespace Equecel.Enrolment.Tests.Infusions;

/// <summary>The infusion of 1 March 2024 against what was saved before.</summary>
public sealed class InfusionJourneyChecksTests
{
    private static ParticipantFacts Facts => new() { BirthYearMonth = "1960-05", ConsentDate = "2023-01-10", BodyMassKg = 60 };

    public static TheoryData<string, IMessage[]> Cases => new()
    {
        { "", [] },
        { "", [Form.Leukapheresis(), Form.Bridging(), Form.Lymphodepletion()] },
        { "E14! start_time", [Form.Leukapheresis("2024-03-02")] },
        { "E14! start_time", [Form.Leukapheresis(), Form.Leukapheresis("2024-03-02")] },
        { "E15? start_time", [Form.Leukapheresis("2024-02-17")] },
        { "", [Form.Leukapheresis("2024-02-16")] },
        { "", [Form.Leukapheresis("2023-08-04")] },
        { "E15? start_time", [Form.Leukapheresis("2023-08-03")] },
        { "", [Form.Leukapheresis("2023-08-03"), Form.Leukapheresis()] },
        { "E17! start_time", [Depletion(3)] },
        { "E18? start_time", [Depletion(2)] },
        { "", [Depletion(1)] },
        { "", [Depletion(-4)] },
        { "E18? start_time", [Depletion(-5)] },
        { "F02! start_time, E18? start_time", [Depletion(-10)] },
        { "", [Second("2024-03-01")] },
        { "E23! start_time", [Second("2024-02-29")] },
        { "E26? start_time", [new FollowUp { Status = FollowUp.Types.Status.NotInfused }] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_came_before_is_compared(string expected, IMessage[] others) =>
        Assert.Equal(expected, InfusionChecks.Run(Form.Infusion(), Form.Context(facts: Facts).With(others)).Brief());

    [Theory]
    [InlineData("2024-03-01", "E24? start_time")]
    [InlineData("2024-03-02", "")]
    public void Later_therapy_comes_later(string date, string expected)
    {
        var facts = Facts;
        facts.NewTherapyDate = date;

        Assert.Equal(expected, InfusionChecks.Run(Form.Infusion(), Form.Context(facts: facts)).Brief());
    }

    [Theory]
    [InlineData("2024-02-29", "E25! start_time")]
    [InlineData("2024-03-01", "")]
    public void Nobody_is_infused_after_death(string date, string expected)
    {
        var facts = Facts;
        facts.DeathDate = date;

        Assert.Equal(expected, InfusionChecks.Run(Form.Infusion(), Form.Context(facts: facts)).Brief());
    }

    public static TheoryData<string, Infusion.Types.CarTransgene> Samples => new()
    {
        { "", new() { SampleDate = "2024-03-10", CopiesPerUgDna = 50_000 } },
        { "", new() { SampleDate = "2024-03-01", PercentOfTCells = 0 } },
        { "F01! car_transgenes[0].sample_date, F01! car_transgenes[0].copies_per_ug_dna", new() },
        { "E10! car_transgenes[0].sample_date", new() { SampleDate = "2024-02-29", CopiesPerUgDna = 0 } },
        { "E01! car_transgenes[0].sample_date", new() { SampleDate = "2024-07-02", CopiesPerUgDna = 0 } },
        { "F02! car_transgenes[0].copies_per_ug_dna", new() { SampleDate = "2024-03-10", CopiesPerUgDna = -1 } },
        { "F02! car_transgenes[0].percent_of_t_cells", new() { SampleDate = "2024-03-10", PercentOfTCells = 101 } },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_transgene_is_measured_after_the_infusion(string expected, Infusion.Types.CarTransgene sample)
    {
        var form = Form.Infusion();
        form.CarTransgenes.Add(sample);

        Assert.Equal(expected, InfusionChecks.Run(form, Form.Context(facts: Facts)).Brief());
    }

    private static Lymphodepletion Depletion(int days)
    {
        var form = Form.Lymphodepletion();
        Lymphodepletions.LymphodepletionForms.Move(form, days);
        return form;
    }

    private static Infusion Second(string date)
    {
        var form = Form.Infusion();
        (form.StartTime, form.SecondInfusion) = (Form.At($"{date}T02:00:00Z"), true);
        return form;
    }
}
