using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

/// <summary>Stays are written as days after the infusion, "-5:12" with an end and "20:" going on.</summary>
public sealed class HospitalDaysTests
{
    private const int Until = 100;

    [Theory]
    [InlineData("", "")]
    [InlineData("3:10", "3:10=7")]
    [InlineData("3:3", "3:3=1")]
    [InlineData("3:10 8:12", "3:12=9")]
    [InlineData("3:10 10:12", "3:12=9")]
    [InlineData("3:10 11:12", "3:10=7 11:12=1")]
    [InlineData("3:30 8:12", "3:30=27")]
    [InlineData("3:3 3:6", "3:6=3")]
    [InlineData("3:3 4:4", "3:3=1 4:4=1")]
    [InlineData("40:50 3:10 9:40", "3:50=47")]
    [InlineData("90:", "90:100=10+")]
    [InlineData("100:", "100:100=1+")]
    [InlineData("90:120", "90:100=10+")]
    [InlineData("90: 95:97", "90:100=10+")]
    [InlineData("101:110", "")]
    public void Stays_that_overlap_or_touch_are_one(string stays, string expected) =>
        Assert.Equal(expected, string.Join(' ', Merge(stays).Select(Words)));

    [Theory]
    [InlineData("-5:12", 0, 168, 12)]
    [InlineData("-5:0", 0, 168, 0)]
    [InlineData("0:0", 0, 168, 1)]
    [InlineData("3:10 20:25", 0, 168, 12)]
    [InlineData("3:10 20:25", 5, 21, 7)]
    [InlineData("20:25", 0, 20, 1)]
    [InlineData("20:25", 0, 19, 0)]
    public void Only_days_of_the_period_count(string stays, int first, int last, int days) =>
        Assert.Equal(days, HospitalDays.Within(Merge(stays), Day(first), Day(last)));

    [Theory]
    [InlineData("-5:12", true)]
    [InlineData("-5:0", true)]
    [InlineData("0:0", true)]
    [InlineData("0:", true)]
    [InlineData("1:9", false)]
    [InlineData("-5:-1", false)]
    public void Stay_with_the_infusion_is_found(string stay, bool contains) =>
        Assert.Equal(contains, Merge(stay).Single().Contains(Courses.Infusion));

    [Fact]
    public void Order_of_the_stays_does_not_matter()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            HospitalStay[] stays =
            [
                .. Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(-20, 110)).Select(day => new HospitalStay(
                    Day(day),
                    random.Next(5) == 0 ? null : Day(day + random.Next(15)))),
            ];
            var expected = HospitalDays.Merge(stays, Day(Until));

            random.Shuffle(stays);
            Assert.Equal(expected, HospitalDays.Merge(stays, Day(Until)));
        }
    }

    [Fact]
    public void Discharge_before_admission_is_refused() => Assert.Throws<ArgumentException>(() => Merge("9:3"));

    private static IReadOnlyList<MergedStay> Merge(string stays) =>
        HospitalDays.Merge(stays.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse), Day(Until));

    private static HospitalStay Parse(string stay) =>
        stay.Split(':') is [var from, var to] && to != "" ? new(Day(int.Parse(from)), Day(int.Parse(to))) : new(Day(int.Parse(stay.TrimEnd(':'))), null);

    private static string Words(MergedStay stay) =>
        $"{After(stay.Admission)}:{After(stay.Discharge)}={stay.Days}{(stay.IsOngoing ? "+" : "")}";

    private static int After(DateOnly date) => date.DayNumber - Courses.Infusion.DayNumber;

    private static DateOnly Day(int after) => Courses.Infusion.AddDays(after);
}
