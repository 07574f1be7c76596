using Equecel.Records.Forms;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Records.Tests.Forms;

public sealed class CivilDateTests
{
    [Theory]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("1900-01-01", "1900-01-01")]
    [InlineData("2199-12-31", "2199-12-31")]
    [InlineData("2023-02-29", null)]
    [InlineData("1899-12-31", null)]
    [InlineData("2200-01-01", null)]
    [InlineData("2024-2-9", null)]
    [InlineData("2024/02/09", null)]
    [InlineData("09-02-2024", null)]
    [InlineData(" 2024-02-09", null)]
    [InlineData("2024-02-09T00:00", null)]
    [InlineData("２０２４-02-09", null)]
    [InlineData("", null)]
    public void A_date_is_read_in_one_format_only(string text, string? expected) =>
        Assert.Equal(expected, CivilDate.Find(text) is { } date ? CivilDate.ToWire(date) : null);

    [Theory]
    [InlineData("2024", "2024-01-01", "2024-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2023-02", "2023-02-01", "2023-02-28")]
    [InlineData("2023-12", "2023-12-01", "2023-12-31")]
    [InlineData("2024-02-09", "2024-02-09", "2024-02-09")]
    public void A_partial_date_is_an_earliest_and_a_latest_day(string text, string earliest, string latest) =>
        Assert.Equal((DateOnly.Parse(earliest), DateOnly.Parse(latest)), CivilDate.FindPartial(text));

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("2024-13")]
    [InlineData("2024-02-30")]
    [InlineData("1899")]
    [InlineData("2200")]
    [InlineData("2024-1")]
    public void What_is_no_partial_date_is_not_read(string text) => Assert.Null(CivilDate.FindPartial(text));

    [Theory]
    [InlineData("2024-02-28T15:59:59Z", "2024-02-28")]
    [InlineData("2024-02-28T16:00:00Z", "2024-02-29")]
    public void The_day_in_China_begins_at_sixteen_hours_UTC(string instant, string expected) =>
        Assert.Equal(DateOnly.Parse(expected), CivilDate.FindInChina(Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(instant))));

    [Fact]
    public void What_is_no_instant_falls_on_no_day()
    {
        Assert.Null(CivilDate.FindInChina(null));
        Assert.Null(CivilDate.FindInChina(new Timestamp { Seconds = long.MaxValue }));
        Assert.Null(CivilDate.FindInChina(new Timestamp { Nanos = -1 }));
    }
}
