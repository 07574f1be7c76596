using Equecel.Enrolment.Sites;
using Equecel.Enrolment.V1;
using Google.Protobuf.Collections;
using static Equecel.Enrolment.V1.Site.Types;

namespace Equecel.Enrolment.Tests.Sites;

public sealed class LaboratoryRangeTests
{
    public static TheoryData<string, Action<LaboratoryRange>> Cases => new()
    {
        { "", _ => { } },
        { "F01! laboratory_ranges[0].test", range => range.Test = LaboratoryTest.Unspecified },
        { "F04! laboratory_ranges[0].unit", range => range.Unit = "µkat/L" },
        { "", range => (range.Test, range.Unit) = (LaboratoryTest.Creatinine, "µmol/L") },
        { "F02! laboratory_ranges[0].age_from_years", range => range.AgeFromYears = -1 },
        { "F02! laboratory_ranges[0].age_to_years", range => (range.AgeFromYears, range.AgeToYears) = (60, 59) },
        { "", range => (range.AgeFromYears, range.AgeToYears) = (60, 60) },
        { "F01! laboratory_ranges[0].high", range => { range.ClearLow(); range.ClearHigh(); } },
        { "", range => range.ClearLow() },
        { "F02! laboratory_ranges[0].low", range => range.Low = -1 },
        { "F02! laboratory_ranges[0].high", range => range.High = 119 },
        { "F01! laboratory_ranges[0].valid_from_date", range => range.ValidFromDate = "" },
        { "F03! laboratory_ranges[0].valid_from_date", range => range.ValidFromDate = "2019" },
        { "E10! laboratory_ranges[0].valid_to_date", range => range.ValidToDate = "2018-12-31" },
        { "", range => range.ValidToDate = "2019-01-01" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<LaboratoryRange> change)
    {
        var range = Form.Range();
        change(range);

        Assert.Equal(expected, LaboratoryRangeChecks.Run(new RepeatedField<LaboratoryRange> { range }).Brief());
    }

    public static TheoryData<bool, Action<LaboratoryRange>> Others => new()
    {
        { true, _ => { } },
        { false, range => range.Test = LaboratoryTest.Alt },
        { true, range => range.Sex = RangeSex.Male },
        { true, range => range.AgeFromYears = 60 },
        { false, range => range.ValidToDate = "2019-12-31" },
        { true, range => range.ValidToDate = "2020-01-01" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void One_range_holds_for_the_same_people_on_a_day(bool overlaps, Action<LaboratoryRange> change)
    {
        var (first, second) = (Form.Range(), Form.Range());
        second.ValidFromDate = "2020-01-01";
        change(first);

        Assert.Equal(overlaps ? "F04! laboratory_ranges[1].valid_from_date" : "", LaboratoryRangeChecks.Run(new RepeatedField<LaboratoryRange> { first, second }).Brief());
    }

    [Fact]
    public void Men_and_women_have_ranges_of_their_own()
    {
        var (men, women) = (Form.Range(), Form.Range());
        (men.Sex, women.Sex) = (RangeSex.Male, RangeSex.Female);

        Assert.Equal("", LaboratoryRangeChecks.Run(new RepeatedField<LaboratoryRange> { men, women }).Brief());
    }

    // For a woman born in May 1960.
    public static TheoryData<bool, string, Action<LaboratoryRange>> Days => new()
    {
        { true, "2019-05", _ => { } },
        { false, "2018", _ => { } },
        { false, "2018-12-31", _ => { } },
        { true, "2019-05", range => range.Sex = RangeSex.Female },
        { false, "2019-05", range => range.Sex = RangeSex.Male },
        { true, "2019-05", range => range.ValidToDate = "2019-05-31" },
        { false, "2019-05", range => range.ValidToDate = "2019-05-30" },
        { true, "2020-06", range => range.AgeFromYears = 60 },
        { false, "2020-05", range => range.AgeFromYears = 60 },
        { true, "2020-04", range => range.AgeToYears = 59 },
        { false, "2020-05", range => range.AgeToYears = 59 },
        { false, "2019-05", range => range.ClearHigh() },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void A_range_holds_where_it_holds_for_certain(bool holds, string day, Action<LaboratoryRange> change)
    {
        var range = Form.Range();
        change(range);

        Assert.Equal(
            holds ? 250m : null,
            UpperLimit.Find([range], LaboratoryTest.Ldh, Participation.Types.Sex.Female, new DateOnly(1960, 5, 1), PartialDate.Find(day)));
    }

    [Fact]
    public void Nothing_holds_on_a_day_that_is_not_known() =>
        Assert.Null(UpperLimit.Find([Form.Range()], LaboratoryTest.Ldh, Participation.Types.Sex.Female, new DateOnly(1960, 5, 1), day: null));

    [Fact]
    public void Every_test_has_a_unit() =>
        Assert.All(Enum.GetValues<LaboratoryTest>().Where(test => test != LaboratoryTest.Unspecified), test => Assert.NotEmpty(LaboratoryUnit.Of(test)));
}
