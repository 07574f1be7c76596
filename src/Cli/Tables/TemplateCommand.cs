using System.CommandLine;
using System.Globalization;
using System.Text;
using CsvHelper;
using Equecel.Cli.Common;

namespace Equecel.Cli.Tables;

/// <summary><c>equecel template</c>: makes empty tables of all forms, what to know about each column, and an example.</summary>
internal sealed class TemplateCommand : PlatformCommand
{
    private const string ExampleFolder = "example";

    // A site is registered once, before its participants, so the example can be sent as it is.
    private static readonly string SiteFolder = Path.Combine(ExampleFolder, "new-site");

    private readonly Argument<DirectoryInfo> folder = new("folder")
    {
        Description = "Folder to make. What it has already is never overwritten.",
        HelpName = "DIR",
    };

    private readonly Option<int?> elements = new("--list-elements")
    {
        Description = "How many elements of each list get columns, 1 to 100. When not given: as many as the example has, at least 2. More can be added by hand.",
        HelpName = "count",
    };

    /// <summary>Makes the command.</summary>
    public TemplateCommand(Surroundings surroundings)
        : base(
            "template",
            "Makes an empty CSV table of every form, dictionary.html and dictionary.csv with all columns, and a folder example with rows to imitate. Fill the tables in, then 'equecel import' the folder.",
            surroundings)
    {
        elements.Validators.Add(result =>
        {
            if (result.GetValue(elements) is < 1 or > 100)
            {
                result.AddError("--list-elements takes 1 to 100.");
            }
        });
        Add(folder);
        Add(elements);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Make the tables", "equecel template tables"),
        ("Check the filled tables, then send them", "equecel import tables --dry-run --client site-01 --secret-file secret.txt"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(folder)!.FullName;
        var texts = Texts(parsed.GetValue(elements));
        if (texts.Keys.FirstOrDefault(name => File.Exists(Path.Combine(path, name))) is { } there)
        {
            throw new CliException($"{path} has {there} already. Name a new folder, or move that file away.");
        }

        Directory.CreateDirectory(Path.Combine(path, SiteFolder));
        foreach (var (name, text) in texts)
        {
            // With a byte order mark, by which spreadsheets know UTF-8.
            File.WriteAllText(Path.Combine(path, name), text, Encoding.UTF8);
        }

        if (terminal.Json)
        {
            terminal.SayJson(new { folder = path, files = texts.Keys.Order(StringComparer.Ordinal) });
        }
        else
        {
            terminal.Say($"{FormTable.All.Count} tables are in {path}. Read dictionary.html there, look at {ExampleFolder}/, fill in the tables that you need, then");
            terminal.Say($"  equecel import {parsed.GetValue(folder)} --dry-run");
        }

        return Task.FromResult(ExitCode.Good);
    }

    private static Dictionary<string, string> Texts(int? elements)
    {
        var texts = FormTable.All.ToDictionary(table => $"{table.Name}.csv", table => Table([(elements is { } count ? table.Columns(count) : table.TemplateColumns()).Select(column => column.Name)]));
        texts.Add("dictionary.csv", Table(DataDictionary.Lines()));
        texts.Add("dictionary.html", DictionaryPage.Write());
        foreach (var table in FormTable.All)
        {
            texts.Add(Path.Combine(IsSite(table) ? SiteFolder : ExampleFolder, $"{table.Name}.csv"), File.ReadAllText(Example.PathOf(table.Name)));
        }

        return texts;
    }

    private static bool IsSite(FormTable table) => table.Form.MessageType == Enrolment.V1.Site.Descriptor;

    private static string Table(IEnumerable<IEnumerable<string>> lines)
    {
        using var text = new StringWriter();
        using (var table = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            foreach (var line in lines)
            {
                foreach (var cell in line)
                {
                    table.WriteField(cell);
                }

                table.NextRecord();
            }
        }

        return text.ToString();
    }
}
