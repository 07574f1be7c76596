using System.Globalization;
using Equecel.Questionnaire.Eq5d;

namespace Equecel.Questionnaire.Tests.Eq5d;

public sealed class ValueSetTests
{
    [Theory]
    [InlineData("eq5d5l_china.csv", 300)]
    [InlineData("eq5d3l_china.csv", 120)]
    public void Every_state_of_the_vectors_has_the_value_that_other_software_gives(string file, int count)
    {
        var valueSet = file.StartsWith("eq5d5l", StringComparison.Ordinal) ? ValueSet.China5L : ValueSet.China3L;
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", file)).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.Equal(count, rows.Count);
        Assert.All(rows, row => Assert.Equal(decimal.Parse(row[1], CultureInfo.InvariantCulture), valueSet.IndexOf(State(row[0]))));
    }

    [Theory]
    [InlineData("11111", "1")]
    [InlineData("55555", "-0.391")]
    [InlineData("44335", "0.000")]
    [InlineData("21231", "0.751")]
    public void The_5L_has_no_constant(string state, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), ValueSet.China5L.IndexOf(State(state)));

    [Theory]
    [InlineData("11111", "1")]
    [InlineData("22222", "0.505")]
    [InlineData("11113", "0.734")]
    [InlineData("33333", "-0.149")]
    public void The_3L_takes_its_constants_off_once(string state, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), ValueSet.China3L.IndexOf(State(state)));

    [Theory]
    [InlineData("11114")]
    [InlineData("01111")]
    public void A_level_that_the_instrument_does_not_have_is_no_state(string state) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValueSet.China3L.IndexOf(State(state)));

    [Fact]
    public void A_state_needs_all_five_dimensions()
    {
        var answers = new Dictionary<int, int> { [1] = 2, [2] = 1, [3] = 2, [4] = 3 };
        Assert.Null(HealthState.Find(answers));

        answers[5] = 1;
        Assert.Equal("21231", HealthState.Find(answers).ToString());
    }

    private static HealthState State(string text) => new([.. text.Select(level => level - '0')]);
}
