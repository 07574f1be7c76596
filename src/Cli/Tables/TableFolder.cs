using Equecel.Cli.Common;

namespace Equecel.Cli.Tables;

/// <summary>The tables to be sent, in order, each found to be readable.</summary>
/// <param name="Files">The files with rows, in the order in which they are sent.</param>
/// <param name="Kinds">Forms that cells refer to by key.</param>
internal sealed record TableFolder(IReadOnlyList<TableFile> Files, IReadOnlySet<string> Kinds)
{
    private const string Verdicts = ".verdicts.csv";
    private const string Dictionary = "dictionary.csv";

    /// <summary>Whether a path is a table, or a folder of tables.</summary>
    public static bool Is(string path) => Directory.Exists(path) || path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the first lines, counts the rows, and refuses what would be misread.</summary>
    /// <param name="path">A folder, or one of its tables.</param>
    /// <param name="service">Only tables for this service; null means all.</param>
    /// <exception cref="CliException">A file or a column is unknown, or cannot be read. Every unknown name is told.</exception>
    public static async Task<TableFolder> OpenAsync(string path, string? service)
    {
        var paths = Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.csv").Where(file => !file.EndsWith(Verdicts, StringComparison.Ordinal) && Path.GetFileName(file) != Dictionary)
            : [path];
        var faults = new List<string>();
        var files = new List<TableFile>();
        foreach (var file in paths.Order(StringComparer.Ordinal))
        {
            if (FindTable(file) is not { } table)
            {
                faults.Add($"{Path.GetFileName(file)} is the name of no form; the nearest is {NearestName.Of(Path.GetFileNameWithoutExtension(file), FormTable.All.Select(known => known.Name))}.csv.");
            }
            else if (await TableFile.OpenAsync(file, table, faults) is { } opened && (service is null || table.Service.Name == service))
            {
                files.Add(opened);
            }
        }

        if (faults.Count > 0)
        {
            throw new CliException(string.Join(Environment.NewLine, ["Nothing was sent. Correct the names, or see those of 'equecel template':", .. faults.Select(fault => $"  {fault}")]));
        }

        return await CountAsync(path, [.. files.OrderBy(file => FormTable.All.ToList().IndexOf(file.Table))]);
    }

    private static FormTable? FindTable(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return FormTable.All.FirstOrDefault(table => string.Equals(table.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<TableFolder> CountAsync(string path, List<TableFile> files)
    {
        var kinds = new HashSet<string>();
        foreach (var file in files)
        {
            await file.CountAsync(kinds);
        }

        files.RemoveAll(file => file.RowCount == 0);
        return files.Count > 0
            ? new TableFolder(files, kinds)
            : throw new CliException($"There are no rows in {path}. 'equecel template' makes tables to fill in, with an example of each.");
    }
}
