using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Results;

/// <summary>A table of results for a person: what it was made from, and its rows.</summary>
internal static class TableReport
{
    /// <summary>Writes it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="table">The answer.</param>
    /// <param name="chinese">Whether headings are in Chinese.</param>
    public static void Write(Terminal terminal, Table table, bool chinese)
    {
        terminal.Say(chinese ? table.TitleZh : table.Title);
        terminal.Say($"Method: {table.Method}");
        var cutoff = table.DataCutoffDate.Length == 0 ? "" : $", cut off at {table.DataCutoffDate}";
        terminal.Say(FormattableString.Invariant(
            $"As of {table.Position.AsOfTime?.ToDateTime():u}{cutoff}; from {table.Position.VersionCount:N0} versions of records"));
        foreach (var exclusion in table.Exclusions)
        {
            terminal.Say(FormattableString.Invariant($"Left out: {exclusion.ParticipantCount:N0} {exclusion.Reason}"));
        }

        terminal.Say("");
        terminal.SayTable(
            ["", .. table.Columns.Select(column => $">{(chinese ? column.LabelZh : column.Label)} (N = {Count(column.ParticipantCount)})")],
            table.Rows.Select(row => (string[])
            [
                new string(' ', 2 * row.Level) + (chinese ? row.LabelZh : row.Label) + (row.Unit.Length is 0 || row.Unit == "%" ? "" : $", {row.Unit}"),
                .. row.Cells.Select((cell, i) => Words(row.Measure, cell, table.Columns[i].ParticipantCount)),
            ]));
    }

    /// <summary>A cell in words, such as <c>12/20 60.0 % (36.1 to 80.9)</c>.</summary>
    /// <param name="measure">What the row holds.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="participants">Participants of the column.</param>
    public static string Words(Table.Types.Measure measure, Table.Types.Cell cell, long participants) => measure switch
    {
        Table.Types.Measure.Unspecified => "",
        Table.Types.Measure.Count => Count(cell.EventCount),
        Table.Types.Measure.Summary when cell.Summary.HasMedian => FormattableString.Invariant(
            $"{Number(cell.Summary.Median)} ({Number(cell.Summary.FirstQuartile)} to {Number(cell.Summary.ThirdQuartile)}), {Number(cell.Summary.Minimum)}–{Number(cell.Summary.Maximum)}, n = {cell.Summary.Count}"),
        Table.Types.Measure.Proportion when cell.HasEstimate =>
            $"{Count(cell.ParticipantCount)}/{Count(cell.HasDenominator ? cell.Denominator : participants)} {Number(cell.Estimate)} %{Interval(cell)}",
        Table.Types.Measure.ShareOfThings when cell.HasEstimate => $"{Count(cell.EventCount)}/{Count(cell.EventDenominator)} {Number(cell.Estimate)} %",
        Table.Types.Measure.Rate when cell.HasEstimate => $"{Count(cell.EventCount)}: {Number(cell.Estimate)}{Interval(cell)}",
        Table.Types.Measure.Mean when cell.HasEstimate => $"{Number(cell.Estimate)}{Interval(cell)}, n = {Count(cell.ParticipantCount)}",
        _ => $"not estimable: {cell.NotEstimableReason}",
    };

    private static string Interval(Table.Types.Cell cell) => cell.HasLower && cell.HasUpper ? $" ({Number(cell.Lower)} to {Number(cell.Upper)})" : "";

    // Tables round half away from zero.
    private static string Number(double value) =>
        Math.Round(value, Math.Abs(value) < 10 ? 2 : 1, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
