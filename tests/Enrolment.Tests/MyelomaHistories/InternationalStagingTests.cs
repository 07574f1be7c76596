using Equecel.Enrolment.MyelomaHistories;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Enrolment.Tests.MyelomaHistories;

public sealed class InternationalStagingTests
{
    [Theory]
    [InlineData("_ _", Stage.Unknown)]
    [InlineData("_ 40", Stage.Unknown)]
    [InlineData("5.5 40", Stage.Iii)]
    [InlineData("5.5 _", Stage.Iii)]
    [InlineData("5.49 40", Stage.Ii)]
    [InlineData("3.5 _", Stage.Ii)]
    [InlineData("3.5 40", Stage.Ii)]
    [InlineData("3.49 _", Stage.Unknown)]
    [InlineData("3.49 35", Stage.I)]
    [InlineData("3.49 34.9", Stage.Ii)]
    public void Iss_goes_by_microglobulin_and_then_albumin(string values, Stage expected)
    {
        var numbers = values.Split(' ').Select(text => text == "_" ? (decimal?)null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(expected, InternationalStaging.Iss(numbers[0], numbers[1]));
    }

    // Chromosomes, then lactate dehydrogenase: + high, - not, ? unknown.
    [Theory]
    [InlineData(Stage.Ii, "??", Stage.Ii)]
    [InlineData(Stage.Ii, "++", Stage.Ii)]
    [InlineData(Stage.I, "+-", Stage.Ii)]
    [InlineData(Stage.I, "?+", Stage.Ii)]
    [InlineData(Stage.I, "--", Stage.I)]
    [InlineData(Stage.I, "-?", Stage.Unknown)]
    [InlineData(Stage.I, "?-", Stage.Unknown)]
    [InlineData(Stage.Iii, "-+", Stage.Iii)]
    [InlineData(Stage.Iii, "+?", Stage.Iii)]
    [InlineData(Stage.Iii, "--", Stage.Ii)]
    [InlineData(Stage.Iii, "?-", Stage.Unknown)]
    [InlineData(Stage.Iii, "-?", Stage.Unknown)]
    [InlineData(Stage.Unknown, "++", Stage.Unknown)]
    public void Riss_adds_chromosomes_and_lactate_dehydrogenase(Stage iss, string signs, Stage expected) =>
        Assert.Equal(expected, InternationalStaging.Riss(iss, Sign(signs[0]), Sign(signs[1])));

    // Lactate dehydrogenase, del(17p), t(4;14), 1q.
    [Theory]
    [InlineData(Stage.I, "----", Stage.I)]
    [InlineData(Stage.I, "---+", Stage.Ii)]
    [InlineData(Stage.Ii, "----", Stage.Ii)]
    [InlineData(Stage.Ii, "---+", Stage.Iii)]
    [InlineData(Stage.Iii, "----", Stage.Iii)]
    [InlineData(Stage.Iii, "+---", Stage.Iii)]
    [InlineData(Stage.Iii, "+--+", Stage.Iv)]
    [InlineData(Stage.Iii, "++++", Stage.Iv)]
    [InlineData(Stage.Iii, "+++?", Stage.Unknown)]
    [InlineData(Stage.Unknown, "----", Stage.Unknown)]
    public void R2iss_adds_points(Stage iss, string signs, Stage expected) =>
        Assert.Equal(expected, InternationalStaging.R2Iss(iss, Sign(signs[0]), Sign(signs[1]), Sign(signs[2]), Sign(signs[3])));

    private static bool? Sign(char sign) => sign switch { '+' => true, '-' => false, _ => null };
}
