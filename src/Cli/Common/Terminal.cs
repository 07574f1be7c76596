using System.Text.Json;
using Google.Protobuf;
using Spectre.Console;

namespace Equecel.Cli.Common;

/// <summary>Writes results and notes, for a person or for a machine.</summary>
internal sealed class Terminal(Surroundings surroundings, bool json)
{
    private const int PlainWidth = 400;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    private static readonly JsonSerializerOptions JsonStyle = new(JsonSerializerDefaults.Web)
    {
        // Chinese and the like stay readable; the output is no HTML.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether the result is for a machine.</summary>
    public bool Json => json;

    /// <summary>Where the command runs.</summary>
    public Surroundings Surroundings => surroundings;

    /// <summary>A message as JSON on one line.</summary>
    public static string ToJson(IMessage message) => Formatter.Format(message);

    /// <summary>Writes a line of the result.</summary>
    public void Say(string line) => surroundings.Output.WriteLine(line);

    /// <summary>Writes a line beside the result, to standard error.</summary>
    public void Note(string line) => surroundings.Error.WriteLine(line);

    /// <summary>Writes a result as JSON on one line.</summary>
    public void SayJson(object result) => Say(result is IMessage message ? ToJson(message) : JsonSerializer.Serialize(result, JsonStyle));

    /// <summary>Writes an answer: as JSON if that is asked for, else for a person.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="write">Writes it for a person.</param>
    public void SayAnswer(IMessage answer, Action write)
    {
        if (Json)
        {
            SayJson(answer);
        }
        else
        {
            write();
        }
    }

    /// <summary>Writes a table: framed on a terminal, plain columns elsewhere.</summary>
    /// <param name="columns">Headings. One that begins with <c>&gt;</c> stands over figures, which are set to the right.</param>
    /// <param name="rows">Rows, a text for each column.</param>
    public void SayTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = surroundings.RichOutput ? TableBorder.Rounded : TableBorder.None };
        foreach (var column in columns)
        {
            var figures = column.StartsWith('>');
            table.AddColumn(new TableColumn(new Text(figures ? column[1..] : column)) { Alignment = figures ? Justify.Right : Justify.Left, NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        Draw(surroundings.Output, surroundings.RichOutput).Write(table);
    }

    /// <summary>Makes what draws on a writer.</summary>
    public static IAnsiConsole Draw(TextWriter writer, bool rich)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = rich ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = rich ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = rich ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!rich)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }
}
