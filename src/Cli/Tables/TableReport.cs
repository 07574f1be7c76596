using System.Globalization;
using Equecel.Cli.Common;

namespace Equecel.Cli.Tables;

/// <summary>What became of the rows of each table, at the end of an import.</summary>
internal static class TableReport
{
    private static readonly string[] Headings = ["form", ">rows", ">saved", ">already there", ">refused", ">would be saved", ">not checked", ">with questions"];

    /// <summary>Says it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="counts">The counts of each table, in the order in which they were sent.</param>
    /// <returns>The exit code.</returns>
    public static int Say(Terminal terminal, IReadOnlyDictionary<TableFile, VerdictCounts> counts)
    {
        if (terminal.Json)
        {
            terminal.SayJson(new { tables = counts.Select(table => new { form = table.Key.Table.Name, counts = table.Value, verdicts = table.Key.VerdictPath }) });
        }
        else
        {
            terminal.SayTable(Headings, counts.Select(table => Line(table.Key.Table.Name, table.Value)));
            foreach (var table in counts.Where(table => table.Value.Refused > 0))
            {
                terminal.Note($"Refused rows of {table.Key.Table.Name}: see {table.Key.VerdictPath}, correct them and run the same again; what is saved stays as it is.");
            }
        }

        return counts.Values.All(count => count.Refused == 0) ? ExitCode.Good : ExitCode.NotSo;
    }

    private static IReadOnlyList<string> Line(string form, VerdictCounts counts) =>
        [form, .. new[] { counts.Rows, counts.Saved, counts.AlreadyThere, counts.Refused, counts.WouldSave, counts.Unchecked, counts.Queried }
            .Select(count => count.ToString("N0", CultureInfo.InvariantCulture))];
}
