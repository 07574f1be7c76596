using System.IO.Compression;
using System.Text.Json;

namespace Equecel.DatasetJson.Reading;

/// <summary>A file in one of the three carriers, ours or anybody's. It is read from its beginning twice: for what it says of itself, and for its rows.</summary>
public sealed class DatasetFile : IDisposable
{
    private readonly Func<Stream> open;

    private DatasetFile(Func<Stream> open) => this.open = open;

    /// <summary>How the dataset lies in it.</summary>
    public DatasetCarrier Carrier { get; private set; }

    /// <summary>Everything but the rows, attributes that are there twice as well.</summary>
    public JsonDocument Header { get; private set; } = JsonDocument.Parse("{}");

    /// <summary>Whether the object has rows in it.</summary>
    public bool HasRowsInObject { get; private set; }

    /// <summary>Whether rows are told before the columns that they have.</summary>
    public bool IsRowsFirst { get; private set; }

    /// <summary>Whether more stands behind the object.</summary>
    public bool HasLinesBehind { get; private set; }

    /// <summary>Whether anything stands behind the compressed stream; known once the rows were read.</summary>
    public bool HasBytesBehind { get; private set; }

    /// <summary>Reads what a file says of itself.</summary>
    /// <param name="open">Opens the file from its beginning; called once for each reading.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidDataException">It is not compressed as the standard says, or not UTF-8.</exception>
    public static DatasetFile Read(Func<Stream> open)
    {
        var file = new DatasetFile(open);
        using var raw = open();
        using var stream = file.Content(raw);
        var tokens = new JsonTokens(stream);
        if (!tokens.Read() || tokens.Kind != JsonTokenType.StartObject)
        {
            throw new InvalidDataException("It does not begin with a JSON object.");
        }

        file.ReadObject(tokens);
        file.HasLinesBehind = tokens.Read();
        if (file.Carrier != DatasetCarrier.Compressed)
        {
            file.Carrier = file.HasLinesBehind ? DatasetCarrier.Ndjson : DatasetCarrier.Json;
        }

        return file;
    }

    /// <summary>Reads the rows, one at a time.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidDataException">It is not compressed as the standard says, or not UTF-8.</exception>
    public IEnumerable<DatasetRow> ReadRows()
    {
        using var raw = open();
        using var stream = Content(raw);
        var tokens = new JsonTokens(stream);
        tokens.Read();
        var number = 0L;
        while (tokens.Read() && tokens.Kind == JsonTokenType.PropertyName)
        {
            var isRows = tokens.Text == "rows";
            tokens.Read();
            if (!isRows || tokens.Kind != JsonTokenType.StartArray)
            {
                tokens.Skip();
                continue;
            }

            while (tokens.Read() && tokens.Kind != JsonTokenType.EndArray)
            {
                yield return new DatasetRow(++number, ReadCells(tokens), IsOnItsLine: true);
            }
        }

        var last = tokens.Line;
        while (tokens.Read())
        {
            var first = tokens.Line;
            var cells = ReadCells(tokens);
            yield return new DatasetRow(++number, cells, first > last && tokens.Line == first);
            last = tokens.Line;
        }

        HasBytesBehind = raw.Position < raw.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => Header.Dispose();

    private static List<DatasetCell>? ReadCells(JsonTokens tokens)
    {
        if (tokens.Kind != JsonTokenType.StartArray)
        {
            tokens.Skip();
            return null;
        }

        var cells = new List<DatasetCell>();
        while (tokens.Read() && tokens.Kind != JsonTokenType.EndArray)
        {
            cells.Add(new DatasetCell(tokens.Kind, tokens.Text));
            tokens.Skip();
        }

        return cells;
    }

    private Stream Content(Stream raw)
    {
        var (first, second) = (raw.ReadByte(), raw.ReadByte());
        raw.Position = 0;
        switch (first, second)
        {
            case (0x1F, 0x8B):
                throw new InvalidDataException("It is compressed with gzip; a .dsjc file is a zlib stream (RFC 1950).");
            case (0xEF, _) or (0xFF, 0xFE) or (0xFE, 0xFF):
                throw new InvalidDataException("It begins with a byte order mark; the file is UTF-8 without one.");
            // zlib: the method in the first byte, and the check of both.
            case (0x78, >= 0) when ((first * 256) + second) % 31 == 0:
                Carrier = DatasetCarrier.Compressed;
                return new ZLibStream(new CompressedBytes(raw), CompressionMode.Decompress);
            default:
                return raw;
        }
    }

    private void ReadObject(JsonTokens tokens)
    {
        using var copy = new MemoryStream();
        using (var json = new Utf8JsonWriter(copy))
        {
            json.WriteStartObject();
            var isColumnsTold = false;
            while (tokens.Read() && tokens.Kind == JsonTokenType.PropertyName)
            {
                var name = tokens.Text;
                tokens.Read();
                isColumnsTold |= name == "columns";
                if (name == "rows" && tokens.Kind == JsonTokenType.StartArray)
                {
                    HasRowsInObject = true;
                    IsRowsFirst = !isColumnsTold;
                    tokens.Skip();
                }
                else
                {
                    json.WritePropertyName(name);
                    CopyValue(tokens, json);
                }
            }

            json.WriteEndObject();
        }

        Header.Dispose();
        Header = JsonDocument.Parse(copy.ToArray());
    }

    private static void CopyValue(JsonTokens tokens, Utf8JsonWriter json)
    {
        var depth = 0;
        do
        {
            switch (tokens.Kind)
            {
                case JsonTokenType.StartObject:
                    json.WriteStartObject();
                    depth++;
                    break;
                case JsonTokenType.StartArray:
                    json.WriteStartArray();
                    depth++;
                    break;
                case JsonTokenType.EndObject:
                    json.WriteEndObject();
                    depth--;
                    break;
                case JsonTokenType.EndArray:
                    json.WriteEndArray();
                    depth--;
                    break;
                case JsonTokenType.PropertyName:
                    json.WritePropertyName(tokens.Text);
                    break;
                case JsonTokenType.Number:
                    json.WriteRawValue(tokens.Text);
                    break;
                case JsonTokenType.String:
                    json.WriteStringValue(tokens.Text);
                    break;
                case JsonTokenType.Null:
                    json.WriteNullValue();
                    break;
                default:
                    json.WriteBooleanValue(tokens.Kind == JsonTokenType.True);
                    break;
            }
        }
        while (depth > 0 && tokens.Read());
    }
}
