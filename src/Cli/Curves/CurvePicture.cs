using System.Globalization;

namespace Equecel.Cli.Curves;

/// <summary>Curves as text, for who would rather look than read.</summary>
internal static class CurvePicture
{
    // Plain characters, so that the picture survives every terminal, log and mail.
    private const string Marks = "*ox+#@%&";

    /// <summary>Draws the curve of all participants, or those of the groups where there are groups.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="start">The share at the start, 0 or 1.</param>
    /// <param name="width">Columns for time, 20 or more.</param>
    /// <param name="height">Rows for the share, 5 or more.</param>
    /// <returns>Lines; none when nobody was followed.</returns>
    public static IReadOnlyList<string> Draw(IEnumerable<DrawnCurve> curves, double start, int width, int height)
    {
        var all = curves.Where(curve => curve.Points.Count > 0).ToList();
        var drawn = all.Count > 1 ? all.Where(curve => curve.Group.Length > 0).ToList() : all;
        if (drawn.Count == 0)
        {
            return [];
        }

        var end = drawn.Max(curve => curve.Points[^1].Days);
        var field = Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(' ', width).ToArray()).ToArray();
        for (var i = 0; i < drawn.Count; i++)
        {
            Draw(drawn[i], start, Marks[i % Marks.Length], field, end);
        }

        return
        [
            .. field.Select((row, i) => $"{Label(i, height),5} |{new string(row).TrimEnd()}"),
            $"      +{new string('-', width)}",
            $"       0{$"{end.ToString("0", CultureInfo.InvariantCulture)} days".PadLeft(width - 1)}",
            .. drawn.Select((curve, i) => $"       {Marks[i % Marks.Length]} {(curve.Group.Length == 0 ? "all participants" : curve.Group)}"),
        ];
    }

    private static void Draw(DrawnCurve curve, double start, char mark, char[][] field, double end)
    {
        var next = 0;
        var share = start;
        var width = field[0].Length;
        for (var column = 0; column < width; column++)
        {
            var time = end * column / (width - 1);
            while (next < curve.Points.Count && curve.Points[next].Days <= time)
            {
                share = curve.Points[next++].Share;
            }

            field[(int)Math.Round((1 - share) * (field.Length - 1), MidpointRounding.AwayFromZero)][column] = mark;
            if (next == curve.Points.Count)
            {
                // Nobody was followed for longer.
                return;
            }
        }
    }

    private static string Label(int row, int height) =>
        row == 0 ? "100 %" : row == height - 1 ? "0 %" : (2 * row) == height - 1 || (2 * row) == height ? "50 %" : "";
}
