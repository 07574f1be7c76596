using System.IO.Compression;
using System.Text;
using Equecel.DatasetJson.Reading;

namespace Equecel.DatasetJson.Tests;

public sealed class DatasetWriterTests
{
    private const string Head =
        """{"datasetJSONCreationDateTime":"2026-01-01T00:00:00.000000Z","datasetJSONVersion":"1.1.0","fileOID":"F.1","dbLastModifiedDateTime":"2025-12-31T10:30:00.500000Z","originator":"us","sourceSystem":{"name":"Equecel","version":"1.0"},"studyOID":"S","metaDataVersionOID":"M","itemGroupOID":"IG.XX","records":2,"name":"XX","label":"Made by hand","columns":[{"itemOID":"IT.XX.A","name":"A","label":"Text","dataType":"string","length":20,"keySequence":1},{"itemOID":"IT.XX.B","name":"B","label":"Whole","dataType":"integer"},{"itemOID":"IT.XX.C","name":"C","label":"Exact","dataType":"decimal","targetDataType":"decimal"},{"itemOID":"IT.XX.D","name":"D","label":"Day","dataType":"date","targetDataType":"integer","displayFormat":"E8601DA."}]""";

    private const string First = """["发热",-3,"0.3330000001","2025-03-01"]""";
    private const string Second = """["\"x\"",null,null,null]""";

    [Fact]
    public void Json_is_one_object_with_its_attributes_in_the_order_of_the_standard() =>
        Assert.Equal($$"""{{Head}},"rows":[{{First}},{{Second}}]}""", Encoding.UTF8.GetString(Write(DatasetCarrier.Json)));

    [Fact]
    public void Lines_have_the_object_on_the_first_and_a_row_on_each_further_one() =>
        Assert.Equal($"{Head}}}\n{First}\n{Second}\n", Encoding.UTF8.GetString(Write(DatasetCarrier.Ndjson)));

    [Fact]
    public void Compressed_is_these_lines_as_a_zlib_stream()
    {
        var bytes = Write(DatasetCarrier.Compressed);

        // Window of 32 KiB and the highest level, by RFC 1950.
        Assert.Equal([0x78, 0xDA], bytes[..2]);
        using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(zlib);
        Assert.Equal($"{Head}}}\n{First}\n{Second}\n", reader.ReadToEnd());
    }

    [Theory]
    [InlineData(DatasetCarrier.Json)]
    [InlineData(DatasetCarrier.Ndjson)]
    [InlineData(DatasetCarrier.Compressed)]
    public void What_was_written_is_read_back(DatasetCarrier carrier)
    {
        var bytes = Write(carrier);
        using var file = DatasetFile.Read(() => new MemoryStream(bytes));

        Assert.Equal(carrier, file.Carrier);
        Assert.Equal("XX", file.Header.RootElement.GetProperty("name").GetString());
        Assert.Equal(
            ["发热 -3 0.3330000001 2025-03-01", "\"x\"   "],
            file.ReadRows().Select(row => string.Join(' ', row.Cells!.Select(cell => cell.Text))));
        Assert.False(file.HasBytesBehind);
    }

    [Theory]
    [InlineData(DatasetCarrier.Json)]
    [InlineData(DatasetCarrier.Ndjson)]
    [InlineData(DatasetCarrier.Compressed)]
    public void A_large_dataset_is_passed_on_in_pieces_and_equals_itself(DatasetCarrier carrier)
    {
        var largest = 0;
        byte[] Make()
        {
            using var target = new MemoryStream();
            using var pieces = new Pieces(target, length => largest = Math.Max(largest, length));
            using var writer = new DatasetWriter(pieces, carrier);
            writer.WriteHeader(Header(rows: 50_000));
            for (var i = 0; i < 50_000; i++)
            {
                writer.WriteRow([$"subject {i}", i, i / 8m, new DateOnly(2025, 3, 1)]);
            }

            writer.Finish();
            return target.ToArray();
        }

        var bytes = Make();

        Assert.Equal(bytes, Make());
        Assert.InRange(largest, 1, 40_000);
        using var file = DatasetFile.Read(() => new MemoryStream(bytes));
        Assert.Equal(50_000, file.ReadRows().Count());
    }

    [Fact]
    public void A_value_that_has_no_place_in_a_row_is_refused()
    {
        using var writer = new DatasetWriter(Stream.Null, DatasetCarrier.Json);
        writer.WriteHeader(Header(rows: 1));

        Assert.Throws<ArgumentException>(() => writer.WriteRow([1.5]));
    }

    private static byte[] Write(DatasetCarrier carrier)
    {
        using var target = new MemoryStream();
        using var writer = new DatasetWriter(target, carrier);
        writer.WriteHeader(Header(rows: 2));
        writer.WriteRow(["发热", -3, 0.3330000001000m, new DateOnly(2025, 3, 1)]);
        writer.WriteRow(["\"x\"", null, null, null]);
        writer.Finish();
        return target.ToArray();
    }

    private static DatasetHeader Header(long rows) => new()
    {
        CreationTime = new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.FromHours(8)),
        ModificationTime = new DateTimeOffset(2025, 12, 31, 10, 30, 0, 500, TimeSpan.Zero),
        FileOid = "F.1",
        Originator = "us",
        SystemName = "Equecel",
        SystemVersion = "1.0",
        StudyOid = "S",
        MetaDataVersionOid = "M",
        RowCount = rows,
        Name = "XX",
        Label = "Made by hand",
        Columns =
        [
            new("A", "Text", DataType.Text, Length: 20, Key: 1),
            new("B", "Whole", DataType.Whole),
            new("C", "Exact", DataType.Exact, Target: DataType.Exact),
            new("D", "Day", DataType.Date, Target: DataType.Whole, DisplayFormat: "E8601DA."),
        ],
    };

    /// <summary>Tells how long what is written at once is.</summary>
    private sealed class Pieces(Stream target, Action<int> tell) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => target.Length;

        public override long Position { get => target.Position; set => throw new NotSupportedException(); }

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            tell(buffer.Length);
            target.Write(buffer);
        }
    }
}
