using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Google.Protobuf;

namespace Equecel.Records.Tests.Verbs;

public sealed class PageCutTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(0, 100, 50, 0)]
    [InlineData(10, 100, 50, 10)]
    [InlineData(51, 100, 50, 50)]
    // Four do not fit with what goes around them.
    [InlineData(10, Mebibyte, 50, 3)]
    // One goes in any case.
    [InlineData(2, 5 * Mebibyte, 50, 1)]
    public void A_page_holds_what_was_asked_for_or_what_fits(int found, int bytes, int size, int expected) =>
        Assert.Equal(expected, PageCut.Count([.. Enumerable.Range(0, found).Select(_ => Version(bytes))], size));

    private static StoredVersion Version(int bytes) => new()
    {
        Header = new RecordHeader(),
        Content = ByteString.CopyFrom(new byte[bytes]),
        RequestHash = [],
        NaturalKey = null,
    };
}
