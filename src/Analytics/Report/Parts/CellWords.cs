using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Report.Parts;

/// <summary>Cells of tables in words.</summary>
internal static class CellWords
{
    /// <summary>A cell.</summary>
    /// <param name="measure">What its row holds.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="participants">Participants of its column.</param>
    /// <param name="words">The language.</param>
    /// <param name="withIntervals">Whether intervals of shares are told.</param>
    public static string Of(Measure measure, V1.Table.Types.Cell cell, long participants, Wording words, bool withIntervals = true) => measure switch
    {
        Measure.Unspecified => "",
        Measure.Count => Numerals.Count(cell.EventCount),
        Measure.Summary when cell.Summary is { HasMedian: true } summary =>
            $"{Numerals.Number(summary.Median)} ({Numerals.Number(summary.FirstQuartile)}–{Numerals.Number(summary.ThirdQuartile)}); {Numerals.Number(summary.Minimum)}–{Numerals.Number(summary.Maximum)}; n\u00a0=\u00a0{Numerals.Count(summary.Count)}",
        Measure.Proportion when cell.HasEstimate => Share(cell, participants, withIntervals),
        Measure.Rate when cell.HasEstimate => $"{Numerals.Count(cell.EventCount)}: {Numerals.Number(cell.Estimate)}{Interval(cell, words)}",
        Measure.Mean when cell.HasEstimate => $"{Numerals.Number(cell.Estimate)}{Interval(cell, words)}; n\u00a0=\u00a0{Numerals.Count(cell.ParticipantCount)}",
        Measure.ShareOfThings when cell.HasEstimate => $"{Numerals.Count(cell.EventCount)}/{Numerals.Count(cell.EventDenominator)} ({Numerals.Percent(cell.Estimate)}\u00a0%)",
        _ => words.NotEstimable(cell.NotEstimableReason),
    };

    /// <summary>A share: <c>12 (60.0 %; 36.1–80.9)</c>, with the number of whom when that is not those of the column.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="participants">Participants of its column.</param>
    /// <param name="withInterval">Whether the interval is told.</param>
    public static string Share(V1.Table.Types.Cell cell, long participants, bool withInterval)
    {
        var of = cell.HasDenominator && cell.Denominator != participants ? $"/{Numerals.Count(cell.Denominator)}" : "";
        var interval = withInterval && cell is { HasLower: true, HasUpper: true } ? $"; {Numerals.Percent(cell.Lower)}–{Numerals.Percent(cell.Upper)}" : "";
        return $"{Numerals.Count(cell.ParticipantCount)}{of} ({Numerals.Percent(cell.Estimate)}\u00a0%{interval})";
    }

    private static string Interval(V1.Table.Types.Cell cell, Wording words) =>
        cell is { HasLower: true, HasUpper: true } ? $" ({Numerals.Number(cell.Lower)} {words.Of("to", "至")} {Numerals.Number(cell.Upper)})" : "";
}
