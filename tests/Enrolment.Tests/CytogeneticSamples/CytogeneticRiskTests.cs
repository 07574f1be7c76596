using Equecel.Enrolment.CytogeneticSamples;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Cytogenetics.Types;

namespace Equecel.Enrolment.Tests.CytogeneticSamples;

public sealed class CytogeneticRiskTests
{
    // An abnormality with + or -, and perhaps a share in percent or the copies. Samples are apart by |, one of unselected cells begins with *.
    [Theory]
    [InlineData("17p+30", "high high one")]
    [InlineData("17p- 4-", "? ? ?")]
    [InlineData("17p- 4- 16-", "no ? ?")]
    [InlineData("17p- p53- 4- 16- 20- gain- amp-", "no no no")]
    [InlineData("17p- p53- 4- 16- 20- gain-", "no ? no")]
    [InlineData("17p- p53- 4- 16- 20- gain-c2", "no no no")]
    [InlineData("17p- p53- 4- 16- 20- amp-c2", "no no no")]
    [InlineData("17p- p53- 4- 16- 20- gain+40", "no high no")]
    [InlineData("17p- p53+ 4+66 16- 20- gain-", "high high two")]
    [InlineData("17p+10 p53- 4+66 16- 20- amp+50", "high high three")]
    [InlineData("17p- 4- 16-|17p+5", "high high one")]
    [InlineData("11+50 13q+50 myc+10", "? ? ?")]
    public void An_abnormality_counts_when_any_sample_has_it(string samples, string expected)
    {
        var risk = Risk(samples);

        Assert.Equal(expected, $"{Brief(risk.HighRiskRiss)} {Brief(risk.HighRiskBroad)} {Hits(risk)}");
    }

    // The same, with beta-2 microglobulin and creatinine.
    [Theory]
    [InlineData("17p+20", null, null, true)]
    [InlineData("17p+19.9 p53- 4- 16- 20- gain-c2 mono- bi-", 3.0, 70.0, false)]
    [InlineData("*17p+19.9 p53- 4- 16- 20- gain-c2 mono- bi-", 3.0, 70.0, null)]
    [InlineData("*17p+20", null, null, true)]
    [InlineData("17p+ p53- 4- 16- 20- gain-c2 mono- bi-", 3.0, 70.0, null)]
    [InlineData("p53+", null, null, true)]
    [InlineData("4+66", null, null, null)]
    [InlineData("4+66 gain+30", null, null, true)]
    [InlineData("20+66 mono+30", null, null, true)]
    [InlineData("17p- p53- 4+66 16- 20- gain-c2 mono- bi-", 3.0, 70.0, false)]
    [InlineData("17p- p53- 4- 16- 20- gain+30 mono- bi-", 3.0, 70.0, false)]
    [InlineData("mono+30 amp+30", null, null, true)]
    [InlineData("bi+30", null, null, true)]
    [InlineData("17p- p53- 4- 16- 20- gain-c2 mono- bi-", 5.5, 105.9, true)]
    [InlineData("17p- p53- 4- 16- 20- gain-c2 mono- bi-", 5.5, 106.0, false)]
    [InlineData("17p- p53- 4- 16- 20- gain-c2 mono- bi-", 5.49, null, false)]
    [InlineData("17p- p53- 4- 16- 20- gain-c2 mono- bi-", 5.5, null, null)]
    [InlineData("17p- p53- 4- 16- 20- gain-c2 mono- bi-", null, null, null)]
    public void The_consensus_of_2025_looks_at_combinations(string samples, double? b2m, double? creatinine, bool? expected) =>
        Assert.Equal(expected, Risk(samples).HighRiskCgs2025((decimal?)b2m, (decimal?)creatinine));

    private static CytogeneticRisk Risk(string samples) => new(samples.Split('|').Select(Sample));

    private static Cytogenetics Sample(string text) => new()
    {
        Method = text[0] == '*' ? Method.FishUnselected : Method.FishCd138,
        Results = { text.TrimStart('*').Split(' ').Select(Parse) },
    };

    private static Result Parse(string text)
    {
        var sign = text.IndexOfAny(['+', '-']);
        var rest = text[(sign + 1)..];
        var abnormality = text[..sign] switch
        {
            "17p" => Abnormality.Del17P,
            "p53" => Abnormality.Tp53Mutation,
            "4" => Abnormality.T414,
            "16" => Abnormality.T1416,
            "20" => Abnormality.T1420,
            "gain" => Abnormality.Gain1Q21,
            "amp" => Abnormality.Amp1Q21,
            "mono" => Abnormality.Del1P32Monoallelic,
            "bi" => Abnormality.Del1P32Biallelic,
            "11" => Abnormality.T1114,
            "13q" => Abnormality.Del13Q,
            _ => Abnormality.Myc,
        };
        return Form.Result(
            abnormality,
            text[sign] == '+' ? Outcome.Positive : Outcome.Negative,
            rest.Length > 0 && rest[0] != 'c' ? double.Parse(rest, System.Globalization.CultureInfo.InvariantCulture) : null,
            rest.StartsWith('c') ? rest[1] - '0' : null);
    }

    private static string Brief(bool? value) => value switch { true => "high", false => "no", null => "?" };

    private static string Hits(CytogeneticRisk risk) => (risk.DoubleHit, risk.TripleHit) switch
    {
        (_, true) => "three",
        (true, _) => "two",
        (null, _) => risk.HighRiskBroad == true ? "one" : "?",
        _ => "no",
    };
}
