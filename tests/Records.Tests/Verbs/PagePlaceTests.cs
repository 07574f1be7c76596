using System.Buffers.Text;
using System.Text;
using Equecel.Records.Verbs;

namespace Equecel.Records.Tests.Verbs;

public sealed class PagePlaceTests
{
    [Fact]
    public void A_token_reads_back_as_its_place()
    {
        var place = new PagePlace("01", "01-0001", Guid.CreateVersion7());

        Assert.Equal(place, PagePlace.Find(place.ToString()));
        Assert.Equal(place with { Participant = "" }, PagePlace.Find((place with { Participant = "" }).ToString()));
        Assert.Equal(PagePlace.Start, PagePlace.Find(""));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("AAAA")]
    [InlineData("AB")]
    [InlineData("A=")]
    [InlineData("\0")]
    [InlineData("北京")]
    [InlineData(" ")]
    public void What_is_no_token_is_not_read(string token) => Assert.Null(PagePlace.Find(token));

    [Theory]
    [InlineData("01 01-0001")]
    [InlineData("01 01-0001 0 0")]
    [InlineData("01 01-0001 00000000-0000-0000-0000-000000000000")]
    [InlineData("\0 01-0001 00000000000000000000000000000000")]
    [InlineData("01 \0 00000000000000000000000000000000")]
    public void What_names_no_place_is_not_read(string place) =>
        Assert.Null(PagePlace.Find(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place))));

    [Fact]
    public void Any_text_is_a_token_or_none_and_never_a_failure()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var token = new string([.. Enumerable.Range(0, random.Next(120)).Select(_ => (char)random.Next(32, 127))]);
            _ = PagePlace.Find(token);
            _ = PagePlace.Find(Base64Url.EncodeToString(Encoding.Latin1.GetBytes(token)));
        }
    }
}
