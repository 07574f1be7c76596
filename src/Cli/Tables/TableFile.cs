using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Equecel.Cli.Common;

namespace Equecel.Cli.Tables;

/// <summary>A file with a form's rows: UTF-8, columns named in the first line, between commas, semicolons or tabs.</summary>
internal sealed class TableFile
{
    private const int MostCharactersOfCell = 100_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly char delimiter;

    private TableFile(string path, FormTable table, char delimiter, IReadOnlyList<string> names)
    {
        Path = path;
        Table = table;
        this.delimiter = delimiter;
        ColumnCount = names.Count;
        Columns =
        [
            .. names.Select((name, place) => (Column: table.Find(name)!, Place: place)).Where(column => column.Column is not null)
                .OrderBy(column => column.Column.InHeader ? 0 : 1).ThenBy(column => column.Column.Path),
        ];
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its form.</summary>
    public FormTable Table { get; }

    /// <summary>Its columns and their places, in the order of the contract, so that the elements of a list come in their order.</summary>
    public IReadOnlyList<(Column Column, int Place)> Columns { get; }

    /// <summary>How many columns the first line has, named or not.</summary>
    public int ColumnCount { get; }

    /// <summary>Rows with anything in them, known when they have been counted.</summary>
    public long RowCount { get; private set; }

    /// <summary>Where its verdicts go.</summary>
    public string VerdictPath => System.IO.Path.ChangeExtension(Path, ".verdicts.csv");

    /// <summary>Reads the first line.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="table">Its form.</param>
    /// <param name="faults">Is told every column that is wrong.</param>
    /// <returns>The file; null when it is empty or has faults.</returns>
    public static async Task<TableFile?> OpenAsync(string path, FormTable table, List<string> faults)
    {
        var delimiter = await FindDelimiterAsync(path);
        using var cells = Parser(path, delimiter);
        if (!await cells.ReadAsync())
        {
            return null;
        }

        var names = Enumerable.Range(0, cells.Count).Select(place => cells[place].Trim()).ToList();
        var known = faults.Count;
        faults.AddRange(FaultsOf(names, table).Select(fault => $"{System.IO.Path.GetFileName(path)}: {fault}"));
        return faults.Count == known ? new TableFile(path, table, delimiter, names) : null;
    }

    /// <summary>Counts the rows, and looks whether the whole file can be read, before any of it is sent.</summary>
    /// <param name="kinds">Is told the forms that cells refer to.</param>
    /// <exception cref="CliException">It cannot be read.</exception>
    public async Task CountAsync(ISet<string> kinds)
    {
        var references = Columns.Where(column => column.Column.IsReference).Select(column => column.Place).ToList();
        var brokenAt = 0;
        await foreach (var cells in ReadAsync())
        {
            RowCount++;
            foreach (var reference in references.Where(place => place < cells.Count).SelectMany(place => CellValue.Split(cells[place])))
            {
                kinds.Add(KeyTable.KindOf(reference));
            }

            // Quotes come in pairs, but for an inch sign in a text; a last row of several lines, or with too few cells, has swallowed what follows the quote.
            brokenAt = cells.RawRecord.AsSpan().Count('"') % 2 == 1 && (cells.Count < ColumnCount || cells.RawRecord.AsSpan().Trim().Contains('\n')) ? cells.Row : 0;
        }

        if (brokenAt > 0)
        {
            throw Unreadable(brokenAt, "a quote opens there and never closes. Close it, or double it if it belongs to the text");
        }
    }

    /// <summary>Reads the rows that have anything in them.</summary>
    /// <returns>The cells of one row at a time; its number is that of the line in a spreadsheet.</returns>
    /// <exception cref="CliException">The file cannot be read on.</exception>
    public async IAsyncEnumerable<CsvParser> ReadAsync()
    {
        using var cells = Parser(Path, delimiter);
        await cells.ReadAsync();
        while (await NextAsync(cells))
        {
            for (var place = 0; place < cells.Count; place++)
            {
                if (!string.IsNullOrWhiteSpace(cells[place]))
                {
                    yield return cells;
                    break;
                }
            }
        }
    }

    private async Task<bool> NextAsync(CsvParser cells)
    {
        try
        {
            return await cells.ReadAsync();
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable(cells.Row + 1, "the text is not UTF-8 near there. Save it as 'CSV UTF-8'");
        }
        catch (MaxFieldSizeException)
        {
            throw Unreadable(cells.Row, $"a cell has more than {MostCharactersOfCell} characters. Look for a quote that opens and never closes");
        }
    }

    private CliException Unreadable(int row, string why) =>
        new($"{System.IO.Path.GetFileName(Path)}, row {row}: {why}, then send it again.");

    private static IEnumerable<string> FaultsOf(List<string> names, FormTable table)
    {
        var there = table.Columns().Select(column => column.Name).ToList();
        foreach (var name in names.Where(name => name.Length > 0 && table.Find(name) is null))
        {
            yield return $"there is no column '{name}'; the nearest is '{NearestName.Of(name, there)}'.";
        }

        foreach (var twice in names.Where(name => name.Length > 0).GroupBy(name => name).Where(same => same.Count() > 1))
        {
            var other = table.HeaderName(twice.Key);
            yield return $"the column '{twice.Key}' is there {twice.Count()} times; keep one."
                + (other == twice.Key || table.Find(other) is null ? "" : $" It is the form's own; the one for amendments is '{other}'.");
        }
    }

    private static async Task<char> FindDelimiterAsync(string path)
    {
        using var reader = new StreamReader(path, Strict);
        try
        {
            var line = await reader.ReadLineAsync() ?? "";
            return Delimiters.MaxBy(delimiter => line.Count(character => character == delimiter));
        }
        catch (DecoderFallbackException)
        {
            throw new CliException($"{System.IO.Path.GetFileName(path)} is not UTF-8. Save it as 'CSV UTF-8', then send it again.");
        }
    }

    private static CsvParser Parser(string path, char delimiter) => new(
        new StreamReader(path, Strict),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            BadDataFound = null,
            // A row's number is that of the spreadsheet, which shows empty lines.
            IgnoreBlankLines = false,
            MaxFieldSize = MostCharactersOfCell,
        });
}
