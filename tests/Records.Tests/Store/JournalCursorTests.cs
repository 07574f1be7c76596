using Equecel.Records.Store;

namespace Equecel.Records.Tests.Store;

public sealed class JournalCursorTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2)]
    [InlineData(ulong.MaxValue, long.MaxValue)]
    public void A_token_reads_back_as_its_place(ulong xid, long seq)
    {
        var cursor = new JournalCursor(xid, seq);

        Assert.Equal(cursor, JournalCursor.Find(cursor.ToString()));
    }

    [Fact]
    public void No_token_is_the_start() => Assert.Equal(JournalCursor.Start, JournalCursor.Find(""));

    [Theory]
    [InlineData("x")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.2.3")]
    [InlineData("-1.1")]
    [InlineData("1.-1")]
    [InlineData("1.ffffffffffffffff")]
    [InlineData("10000000000000000.1")]
    [InlineData("1.10000000000000000")]
    [InlineData("1 .1")]
    [InlineData("g.1")]
    public void What_is_no_token_is_not_read(string token) => Assert.Null(JournalCursor.Find(token));
}
