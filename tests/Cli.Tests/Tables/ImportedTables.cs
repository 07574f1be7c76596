using System.Globalization;
using CsvHelper;
using Equecel.Client.Tests.Peer;

namespace Equecel.Cli.Tests.Tables;

/// <summary>A folder of tables, and a platform that they are sent to.</summary>
public abstract class ImportedTables : IAsyncLifetime
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("equecel-tables-").FullName;

    private protected TestPlatform Platform { get; private set; } = null!;

    public async Task InitializeAsync() => Platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync()
    {
        await Platform.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    protected void Write(string table, string text) => File.WriteAllText(Path.Combine(Folder, $"{table}.csv"), text);

    private protected Task<CommandLineRun> ImportAsync(params string[] options) => CommandLineRun.RunAsync(Platform, ["import", Folder, .. options]);

    protected List<Dictionary<string, string>> Verdicts(string table)
    {
        using var lines = new CsvReader(new StreamReader(Path.Combine(Folder, $"{table}.verdicts.csv")), CultureInfo.InvariantCulture);
        return [.. lines.GetRecords<dynamic>().Select(line => ((IDictionary<string, object>)line).ToDictionary(cell => cell.Key, cell => (string)cell.Value))];
    }
}
