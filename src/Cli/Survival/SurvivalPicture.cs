using System.Globalization;
using Equecel.Analytics.V1;

namespace Equecel.Cli.Survival;

/// <summary>Survival curves as text, for who would rather look than read.</summary>
internal static class SurvivalPicture
{
    // Plain characters, so that the picture survives every terminal, log and mail.
    private const string Marks = "*ox+#@%&";

    /// <summary>Draws the curve of all participants, or those of the groups where there are groups.</summary>
    /// <param name="strata">The curves, with points.</param>
    /// <param name="width">Columns for time, 20 or more.</param>
    /// <param name="height">Rows for the share that is alive, 5 or more.</param>
    /// <returns>Lines; none when nobody was followed.</returns>
    public static IReadOnlyList<string> Draw(IEnumerable<SurvivalStratum> strata, int width, int height)
    {
        var all = strata.Where(stratum => stratum.Points.Count > 0).ToList();
        var drawn = all.Count > 1 ? all.Where(stratum => stratum.Group.Length > 0).ToList() : all;
        if (drawn.Count == 0)
        {
            return [];
        }

        var end = drawn.Max(stratum => stratum.Points[^1].Days);
        var field = Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(' ', width).ToArray()).ToArray();
        for (var i = 0; i < drawn.Count; i++)
        {
            Draw(drawn[i], Marks[i % Marks.Length], field, end);
        }

        return
        [
            .. field.Select((row, i) => $"{Label(i, height),5} |{new string(row).TrimEnd()}"),
            $"      +{new string('-', width)}",
            $"       0{$"{end.ToString("0", CultureInfo.InvariantCulture)} days".PadLeft(width - 1)}",
            .. drawn.Select((stratum, i) => $"       {Marks[i % Marks.Length]} {(stratum.Group.Length == 0 ? "all participants" : stratum.Group)}"),
        ];
    }

    private static void Draw(SurvivalStratum stratum, char mark, char[][] field, double end)
    {
        var next = 0;
        var alive = 1.0;
        var width = field[0].Length;
        for (var column = 0; column < width; column++)
        {
            var time = end * column / (width - 1);
            while (next < stratum.Points.Count && stratum.Points[next].Days <= time)
            {
                alive = stratum.Points[next++].Survival;
            }

            field[(int)Math.Round((1 - alive) * (field.Length - 1), MidpointRounding.AwayFromZero)][column] = mark;
            if (next == stratum.Points.Count)
            {
                // Nobody was followed for longer.
                return;
            }
        }
    }

    private static string Label(int row, int height) =>
        row == 0 ? "100 %" : row == height - 1 ? "0 %" : (2 * row) == height - 1 || (2 * row) == height ? "50 %" : "";
}
