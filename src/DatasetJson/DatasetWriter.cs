using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Equecel.DatasetJson;

/// <summary>Writes a dataset as Dataset-JSON 1.1: its header, then row after row. Memory is that of a few rows, and the same content gives the same bytes.</summary>
/// <remarks>Source: CDISC Dataset-JSON 1.1, sections on the attributes and their order.</remarks>
public sealed class DatasetWriter : IDisposable
{
    private const int FullBuffer = 16 * 1024;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private readonly ArrayBufferWriter<byte> buffer = new(2 * FullBuffer);
    private readonly Utf8JsonWriter json;
    private readonly Stream target;
    private readonly ZLibStream? zlib;
    private readonly bool isLines;

    /// <summary>Begins a file.</summary>
    /// <param name="target">Takes its bytes. Is left open.</param>
    /// <param name="carrier">How it lies there.</param>
    public DatasetWriter(Stream target, DatasetCarrier carrier)
    {
        isLines = carrier != DatasetCarrier.Json;
        zlib = carrier == DatasetCarrier.Compressed ? new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true) : null;
        this.target = zlib ?? target;
        // Chinese stays readable; the file is no HTML.
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes what stands before the rows. Once, first.</summary>
    /// <param name="header">It.</param>
    public void WriteHeader(DatasetHeader header)
    {
        json.WriteStartObject();
        json.WriteString("datasetJSONCreationDateTime", Text(header.CreationTime));
        json.WriteString("datasetJSONVersion", "1.1.0");
        json.WriteString("fileOID", header.FileOid);
        if (header.ModificationTime is { } modification)
        {
            json.WriteString("dbLastModifiedDateTime", Text(modification));
        }

        json.WriteString("originator", header.Originator);
        json.WriteStartObject("sourceSystem");
        json.WriteString("name", header.SystemName);
        json.WriteString("version", header.SystemVersion);
        json.WriteEndObject();
        json.WriteString("studyOID", header.StudyOid);
        json.WriteString("metaDataVersionOID", header.MetaDataVersionOid);
        json.WriteString("itemGroupOID", $"IG.{header.Name}");
        json.WriteNumber("records", header.RowCount);
        json.WriteString("name", header.Name);
        json.WriteString("label", header.Label);
        json.WriteStartArray("columns");
        foreach (var column in header.Columns)
        {
            WriteColumn(header.Name, column);
        }

        json.WriteEndArray();
        if (isLines)
        {
            json.WriteEndObject();
            EndLine();
        }
        else
        {
            json.WriteStartArray("rows");
        }
    }

    /// <summary>Writes a row.</summary>
    /// <param name="values">
    /// A value for each column: null, <see cref="string"/>, <see cref="int"/>, <see cref="decimal"/> or <see cref="DateOnly"/>. A decimal
    /// is written as text, so that its digits stay.
    /// </param>
    /// <exception cref="ArgumentException">A value is something else.</exception>
    public void WriteRow(IEnumerable<object?> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            WriteValue(value);
        }

        json.WriteEndArray();
        if (isLines)
        {
            EndLine();
        }
        else if (json.BytesPending + buffer.WrittenCount > FullBuffer)
        {
            Empty();
        }
    }

    /// <summary>Ends the file. Once, last.</summary>
    public void Finish()
    {
        if (!isLines)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        Empty();
        zlib?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        json.Dispose();
        zlib?.Dispose();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private void WriteColumn(string dataset, DatasetColumn column)
    {
        json.WriteStartObject();
        json.WriteString("itemOID", $"IT.{dataset}.{column.Name}");
        json.WriteString("name", column.Name);
        json.WriteString("label", column.Label);
        json.WriteString("dataType", column.Type.ToText());
        if (column.Target is { } wanted)
        {
            json.WriteString("targetDataType", wanted.ToText());
        }

        if (column.Length is { } length)
        {
            json.WriteNumber("length", length);
        }

        if (column.DisplayFormat is { } format)
        {
            json.WriteString("displayFormat", format);
        }

        if (column.Key is { } key)
        {
            json.WriteNumber("keySequence", key);
        }

        json.WriteEndObject();
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case decimal exact:
                // Without the zeros that a computation leaves at its end.
                json.WriteStringValue(exact.ToString("0.############", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A row has no place for a {value.GetType().Name}.", nameof(value));
        }
    }

    private void EndLine()
    {
        json.Flush();
        json.Reset();
        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        if (buffer.WrittenCount > FullBuffer)
        {
            Empty();
        }
    }

    private void Empty()
    {
        json.Flush();
        target.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
