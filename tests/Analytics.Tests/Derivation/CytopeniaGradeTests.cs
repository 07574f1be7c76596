using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class CytopeniaGradeTests
{
    // CTCAE 5.0: anemia; neutrophil, lymphocyte and platelet count decreased.
    [Theory]
    [InlineData("Haemoglobin", "130 100 99.9 80 79.9 20 0", "1 1 2 2 3 3 3")]
    [InlineData("Neutrophils", "4 1.5 1.49 1 0.99 0.5 0.49 0", "1 1 2 2 3 3 4 4")]
    [InlineData("Lymphocytes", "2 0.8 0.79 0.5 0.49 0.2 0.19 0", "1 1 2 2 3 3 4 4")]
    [InlineData("Platelets", "200 75 74.9 50 49.9 25 24.9 0", "1 1 2 2 3 3 4 4")]
    public void A_bound_belongs_to_the_milder_grade(string count, string values, string grades) =>
        Assert.Equal(grades, string.Join(' ', values.Split(' ').Select(value => CytopeniaGrade.Of(Enum.Parse<BloodCount>(count), double.Parse(value)))));

    [Fact]
    public void What_is_no_count_has_no_grade()
    {
        foreach (var value in new[] { -0.1, double.NaN, double.PositiveInfinity })
        {
            Assert.Null(CytopeniaGrade.Of(BloodCount.Neutrophils, value));
        }
    }

    [Fact]
    public void Grade_4_of_anaemia_is_clinical() =>
        Assert.Equal([3, 4, 4, 4], Enum.GetValues<BloodCount>().Select(CytopeniaGrade.Highest));
}
