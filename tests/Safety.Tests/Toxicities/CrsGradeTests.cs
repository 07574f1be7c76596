using Equecel.Safety.Toxicities;
using Equecel.Safety.V1;

namespace Equecel.Safety.Tests.Toxicities;

/// <summary>The table of Lee et al. 2019, and what is not in it.</summary>
public sealed class CrsGradeTests
{
    [Theory]
    [InlineData(Hypotension.None, Oxygen.None, 1)]
    [InlineData(Hypotension.NoPressor, Oxygen.None, 2)]
    [InlineData(Hypotension.None, Oxygen.LowFlow, 2)]
    [InlineData(Hypotension.OnePressor, Oxygen.None, 3)]
    [InlineData(Hypotension.None, Oxygen.HighFlow, 3)]
    [InlineData(Hypotension.MultiPressor, Oxygen.None, 4)]
    [InlineData(Hypotension.None, Oxygen.PositivePressure, 4)]
    [InlineData(Hypotension.OnePressor, Oxygen.LowFlow, 3)]
    [InlineData(Hypotension.NoPressor, Oxygen.PositivePressure, 4)]
    [InlineData(Hypotension.Unspecified, Oxygen.None, null)]
    [InlineData(Hypotension.None, Oxygen.Unspecified, null)]
    public void With_fever_the_worse_of_blood_pressure_and_oxygen_counts(Hypotension hypotension, Oxygen oxygen, int? expected) =>
        Assert.Equal(expected, CrsGrade.Compute(fever: true, feverMasked: false, hypotension, oxygen));

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(false, true, 3)]
    [InlineData(true, null, 3)]
    [InlineData(null, true, 3)]
    [InlineData(null, false, null)]
    [InlineData(false, null, null)]
    [InlineData(null, null, null)]
    public void Without_fever_it_is_no_CRS_unless_what_lowers_fever_was_given(bool? fever, bool? masked, int? expected) =>
        Assert.Equal(expected, CrsGrade.Compute(fever, masked, Hypotension.OnePressor, Oxygen.None));

    [Fact]
    public void Death_is_grade_5_whatever_else_is_known() =>
        Assert.Equal(5, CrsGrade.Compute(fever: null, feverMasked: null, Hypotension.Unspecified, Oxygen.Unspecified, fatal: true));
}
