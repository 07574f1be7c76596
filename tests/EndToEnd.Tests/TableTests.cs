using System.Globalization;
using CsvHelper;
using Equecel.EndToEnd.Tests.Running;

namespace Equecel.EndToEnd.Tests;

/// <summary>A person fills in the tables that <c>equecel template</c> makes, as its example shows, and has them checked.</summary>
[Collection(SharedStudy.Name)]
public sealed class TableTests(StudyPlatform study)
{
    private static readonly Dictionary<string, string> Site = new() { ["EQUECEL_CLIENT"] = "site-01" };

    [Fact]
    public async Task Tables_filled_in_as_the_example_shows_are_good_at_the_first_try()
    {
        var folder = Directory.CreateTempSubdirectory("equecel-tables-").FullName;
        var tables = Path.Combine(folder, "tables");
        var made = await CommandLine.RunAsync(study.Platform, "template", tables);
        Assert.True(made.ExitCode == 0, made.ToString());
        FillIn(tables);

        var run = await CommandLine.RunAsync(study.Platform, Site, "import", tables, "--dry-run");

        var verdicts = string.Join('\n', Directory.EnumerateFiles(tables, "*.verdicts.csv").SelectMany(File.ReadLines).Where(line => line.Contains("REFUSED", StringComparison.Ordinal)));
        Assert.True(run.ExitCode == 0, $"{run}\n{verdicts}");
        Assert.Equal(Enumerable.Repeat("WOULD_SAVE", 10), Verdicts(tables, "participation"));
        // Their participants are only saved when it is no dry run.
        Assert.All(Verdicts(tables, "disease_assessment"), verdict => Assert.Equal("NOT_CHECKED", verdict));
        Directory.Delete(folder, recursive: true);
    }

    // Each table keeps its first line; the cells come from the example. Site 01 is there already.
    private static void FillIn(string tables)
    {
        foreach (var example in Directory.EnumerateFiles(Path.Combine(tables, "example"), "*.csv").Where(path => Path.GetFileName(path) != "site.csv"))
        {
            var table = Path.Combine(tables, Path.GetFileName(example));
            var columns = File.ReadLines(table).First().Split(',');
            using var given = new CsvReader(new StreamReader(example), CultureInfo.InvariantCulture);
            given.Read();
            given.ReadHeader();
            using var filled = new CsvWriter(new StreamWriter(table, append: true), CultureInfo.InvariantCulture);
            while (given.Read())
            {
                foreach (var column in columns)
                {
                    filled.WriteField(given.HeaderRecord!.Contains(column) ? given.GetField(column) : "");
                }

                filled.NextRecord();
            }
        }
    }

    private static List<string> Verdicts(string tables, string table)
    {
        using var lines = new CsvReader(new StreamReader(Path.Combine(tables, $"{table}.verdicts.csv")), CultureInfo.InvariantCulture);
        lines.Read();
        lines.ReadHeader();
        var verdicts = new List<string>();
        while (lines.Read())
        {
            verdicts.Add(lines.GetField("verdict")!);
        }

        return verdicts;
    }
}
