using System.Globalization;
using CsvHelper;
using Equecel.EndToEnd.Tests.Running;

namespace Equecel.EndToEnd.Tests;

/// <summary>A person fills in the tables that <c>equecel template</c> makes, as its example shows, and sends them.</summary>
/// <remarks>On a platform of its own, since the participants count in the study's results.</remarks>
public sealed class TableTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Site = new() { ["EQUECEL_CLIENT"] = "site-01" };

    private readonly string folder = Directory.CreateTempSubdirectory("equecel-tables-").FullName;
    private Platform platform = null!;

    private string Tables => Path.Combine(folder, "tables");

    public async Task InitializeAsync() => platform = await Platform.StartAsync();

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Ten_participants_with_all_forms_are_in_at_the_first_try_and_sent_again_change_nothing()
    {
        await GoodAsync("template", Tables);
        await GoodAsync("import", Path.Combine(Tables, "example", "new-site"));
        var rows = FillIn();
        Assert.Equal(24, rows.Count);

        await GoodAsync("import", Tables, "--dry-run");
        Assert.Equal(Each(rows, "participation", "WOULD_SAVE"), Verdicts("participation"));
        // Its participants are only saved when it is no dry run.
        Assert.Equal(Each(rows, "death", "NOT_CHECKED "), Verdicts("death").Select(verdict => verdict[.."NOT_CHECKED ".Length]));

        await GoodAsync("import", Tables);
        Assert.All(rows.Keys, table => Assert.Equal(Each(rows, table, "SAVED"), Verdicts(table)));

        await GoodAsync("import", Tables);
        Assert.All(rows.Keys, table => Assert.Equal(Each(rows, table, "ALREADY_THERE"), Verdicts(table)));
    }

    private static IEnumerable<string> Each(Dictionary<string, int> rows, string table, string verdict) => Enumerable.Repeat(verdict, rows[table]);

    private async Task GoodAsync(params string[] args)
    {
        var run = await CommandLine.RunAsync(platform, Site, args);
        var refused = Directory.EnumerateFiles(Tables, "*.verdicts.csv").SelectMany(File.ReadLines).Where(line => line.Contains("REFUSED", StringComparison.Ordinal));
        Assert.True(run.ExitCode == 0, $"{run}\n{string.Join('\n', refused)}");
    }

    // Each table keeps its first line; the cells come from the example.
    private Dictionary<string, int> FillIn()
    {
        var rows = new Dictionary<string, int>();
        foreach (var example in Directory.EnumerateFiles(Path.Combine(Tables, "example"), "*.csv"))
        {
            var table = Path.Combine(Tables, Path.GetFileName(example));
            var columns = File.ReadLines(table).First().Split(',');
            using var given = Open(example);
            using var filled = new CsvWriter(new StreamWriter(table, append: true), CultureInfo.InvariantCulture);
            while (given.Read())
            {
                rows[Path.GetFileNameWithoutExtension(table)] = given.Parser.Row - 1;
                foreach (var column in columns)
                {
                    filled.WriteField(given.HeaderRecord!.Contains(column) ? given.GetField(column) : "");
                }

                filled.NextRecord();
            }
        }

        return rows;
    }

    // A question would stand behind the verdict.
    private List<string> Verdicts(string table)
    {
        using var lines = Open(Path.Combine(Tables, $"{table}.verdicts.csv"));
        var verdicts = new List<string>();
        while (lines.Read())
        {
            verdicts.Add($"{lines.GetField("verdict")} {lines.GetField("code")} {lines.GetField("message")}".Trim());
        }

        return verdicts;
    }

    private static CsvReader Open(string path)
    {
        var cells = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        cells.Read();
        cells.ReadHeader();
        return cells;
    }
}
