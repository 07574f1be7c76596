using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Equecel.Cli.Tables;

/// <summary>The rows to imitate that come with the program: a file of each form, all about the same participants of one site.</summary>
internal static partial class Example
{
    /// <summary>Where the file of a form is.</summary>
    public static string PathOf(string table) => Path.Combine(AppContext.BaseDirectory, "Tables", "Example", $"{table}.csv");

    /// <summary>How many elements each list has in it, by the list's path without places: of <c>samples[0].tests[1].kind</c> one for <c>samples</c> and two for <c>samples.tests</c>.</summary>
    public static IReadOnlyDictionary<string, int> ListLengths(string table)
    {
        using var cells = new CsvParser(new StreamReader(PathOf(table)), CultureInfo.InvariantCulture);
        var lengths = new Dictionary<string, int>();
        foreach (var name in cells.Read() ? cells.Record! : [])
        {
            foreach (Match place in Place().Matches(name))
            {
                var list = ListOf(name[..place.Index]);
                lengths[list] = Math.Max(lengths.GetValueOrDefault(list), int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1);
            }
        }

        return lengths;
    }

    /// <summary>A list's path without places.</summary>
    public static string ListOf(string path) => Place().Replace(path, "");

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Place();
}
