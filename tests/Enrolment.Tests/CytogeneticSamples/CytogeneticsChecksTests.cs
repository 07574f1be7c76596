using Equecel.Enrolment.CytogeneticSamples;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Cytogenetics.Types;

namespace Equecel.Enrolment.Tests.CytogeneticSamples;

public sealed class CytogeneticsChecksTests
{
    public static TheoryData<string, Action<Cytogenetics>> Cases => new()
    {
        { "", _ => { } },
        { "F01! sample_date", form => form.ClearSampleDate() },
        { "F03! sample_date", form => form.SampleDate = "May 2019" },
        { "E01! sample_date, E05? sample_date", form => form.SampleDate = "2024-08" },
        { "E05? sample_date", form => form.SampleDate = "2024-03-02" },
        { "", form => form.SampleDate = "2024-03" },
        { "F01! method", form => form.Method = Method.Unspecified },
        { "F01! results", form => form.Results.Clear() },
        { "F01! results[0].abnormality", form => form.Results[0].Abnormality = Abnormality.Unspecified },
        { "F04! results[1].abnormality", form => form.Results[1].Abnormality = Abnormality.T414 },
        { "F01! results[1].outcome", form => form.Results[1].Outcome = Outcome.Unspecified },
        { "F02! results[0].percent_cells", form => form.Results[0].PercentCells = 101 },
        { "E05? results[0].percent_cells", form => form.Results[0].ClearPercentCells() },
        { "", form => { form.Method = Method.Ngs; form.Results[0].ClearPercentCells(); } },
        { "F04! results[0].copies_1q", form => form.Results[0].Copies1Q = 3 },
        { "", form => form.Results.Add(Form.Result(Abnormality.Gain1Q21, Outcome.Positive, 40, 3)) },
        { "E05? results[3].copies_1q", form => form.Results.Add(Form.Result(Abnormality.Gain1Q21, Outcome.Positive, 40, 4)) },
        { "E05? results[3].copies_1q", form => form.Results.Add(Form.Result(Abnormality.Amp1Q21, Outcome.Positive, 40, 3)) },
        { "", form => form.Results.Add(Form.Result(Abnormality.Amp1Q21, Outcome.Positive, 40, 4)) },
        { "F02! results[3].copies_1q", form => form.Results.Add(Form.Result(Abnormality.Amp1Q21, Outcome.Positive, 40, 11)) },
        { "", form => form.Results.Add(Form.Result(Abnormality.Gain1Q21, Outcome.Negative, copies: 2)) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<Cytogenetics> change)
    {
        var form = Form.Cytogenetics();
        change(form);

        Assert.Equal(expected, CytogeneticsChecks.Run(form, Form.Context(facts: new ParticipantFacts { InfusionDate = "2024-03-01" })).Brief());
    }

    [Fact]
    public void There_are_at_most_twenty_results()
    {
        var form = Form.Cytogenetics();
        form.Results.Add(Enumerable.Range(0, 18).Select(_ => new Result()));

        Assert.StartsWith("F08! results, F01! results[3].abnormality", CytogeneticsChecks.Run(form, Form.Context()).Brief(), StringComparison.Ordinal);
    }
}
