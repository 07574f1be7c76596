using System.Text;
using System.Text.Json;

namespace Equecel.DatasetJson.Reading;

/// <summary>Reads JSON of any length token by token. Memory is that of the longest value.</summary>
/// <param name="stream">The text in UTF-8.</param>
internal sealed class JsonTokens(Stream stream)
{
    private const int LongestValue = 16 * 1024 * 1024;

    private byte[] buffer = new byte[64 * 1024];
    private JsonReaderState state = new(new JsonReaderOptions { AllowMultipleValues = true });
    private int start;
    private int end;
    private bool isFinal;

    /// <summary>What the token is.</summary>
    public JsonTokenType Kind { get; private set; }

    /// <summary>The name, the text, or the digits of a number; empty for anything else.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Number of the line that it stands on, from 0.</summary>
    public long Line { get; private set; }

    /// <summary>Goes to the next token; false at the end.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidDataException">A value is too long, or not UTF-8.</exception>
    public bool Read()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, state);
            var isThere = reader.Read();
            if (isThere)
            {
                Kind = reader.TokenType;
                Text = Kind switch
                {
                    JsonTokenType.PropertyName or JsonTokenType.String => StringOf(ref reader),
                    JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => "",
                };
            }

            var consumed = (int)reader.BytesConsumed;
            Line += buffer.AsSpan(start, consumed).Count((byte)'\n');
            start += consumed;
            state = reader.CurrentState;
            if (isThere || isFinal)
            {
                return isThere;
            }

            Fill();
        }
    }

    /// <summary>Passes over the value that begins here, whatever is in it.</summary>
    public void Skip()
    {
        for (var depth = Opens(Kind); depth > 0; depth += Opens(Kind))
        {
            Read();
        }
    }

    private static int Opens(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartArray or JsonTokenType.StartObject => 1,
        JsonTokenType.EndArray or JsonTokenType.EndObject => -1,
        _ => 0,
    };

    private static string StringOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidDataException("A text is not valid UTF-8.");
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            if (buffer.Length >= LongestValue)
            {
                throw new InvalidDataException($"A value is longer than {LongestValue / (1024 * 1024)} MiB.");
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        var count = stream.Read(buffer, end, buffer.Length - end);
        end += count;
        isFinal = count == 0;
    }
}
