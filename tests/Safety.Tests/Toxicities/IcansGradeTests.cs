using Equecel.Safety.Toxicities;
using Equecel.Safety.V1;

namespace Equecel.Safety.Tests.Toxicities;

/// <summary>The tables of Lee et al. 2019.</summary>
public sealed class IcansGradeTests
{
    [Theory]
    [InlineData("1111 111 111", 10)]
    [InlineData("1110 111 110", 8)]
    [InlineData("0000 000 000", 0)]
    [InlineData("1111 111 11_", null)]
    [InlineData("____ ___ ___", null)]
    public void The_score_is_the_sum_of_its_ten_points(string points, int? expected) =>
        Assert.Equal(expected, IceScore.Compute(new IcansFindings { Ice = Form.Ice(points) }));

    [Fact]
    public void A_total_stands_alone_where_no_points_are_known() =>
        Assert.Equal((7, 0, (int?)null), (
            IceScore.Compute(new IcansFindings { IceTotal = 7 }), IceScore.Compute(new IcansFindings { IceUnable = true }), IceScore.Compute(new IcansFindings())));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(9, 1)]
    [InlineData(7, 1)]
    [InlineData(6, 2)]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    [InlineData(0, 3)]
    [InlineData(null, null)]
    public void The_score_grades(int? ice, int? expected) => Assert.Equal(expected, IcansGrade.Compute(ice, Form.Domains()));

    public static TheoryData<int?, Action<IcansFindings>> Domains => new()
    {
        { 4, findings => findings.IceUnable = true },
        { 1, findings => findings.Consciousness = Consciousness.Spontaneous },
        { 2, findings => findings.Consciousness = Consciousness.Voice },
        { 3, findings => findings.Consciousness = Consciousness.Tactile },
        { 4, findings => findings.Consciousness = Consciousness.Unarousable },
        { 3, findings => findings.Seizure = Seizure.Resolving },
        { 4, findings => findings.Seizure = Seizure.Prolonged },
        { 4, findings => findings.MotorWeakness = MotorWeakness.Focal },
        { 3, findings => findings.CerebralOedema = CerebralOedema.Focal },
        { 4, findings => findings.CerebralOedema = CerebralOedema.Diffuse },
        { 4, findings => (findings.Consciousness, findings.CerebralOedema) = (Consciousness.Voice, CerebralOedema.Diffuse) },
        { null, findings => findings.Consciousness = Consciousness.Unspecified },
        { null, findings => findings.Seizure = Seizure.Unspecified },
        { null, findings => findings.MotorWeakness = MotorWeakness.Unspecified },
        { null, findings => findings.CerebralOedema = CerebralOedema.Unspecified },
    };

    [Theory]
    [MemberData(nameof(Domains))]
    public void The_worst_domain_grades(int? expected, Action<IcansFindings> change)
    {
        var findings = Form.Domains();
        change(findings);

        Assert.Equal(expected, IcansGrade.Compute(10, findings));
    }

    [Fact]
    public void Death_is_grade_5_whatever_else_is_known() => Assert.Equal(5, IcansGrade.Compute(ice: null, new IcansFindings(), fatal: true));
}
