using System.Xml.Linq;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>A Kaplan–Meier curve with interval, numbers at risk, quantiles and probabilities by time.</summary>
internal static class SurvivalFigure
{
    private const int SixMonths = 6;

    // With fewer at risk a probability is marked: survival methods, section 4.
    private const int FewAtRisk = 10;

    /// <summary>Makes it.</summary>
    /// <param name="id">Id of its heading.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="share">Who is counted: those alive, those without progression.</param>
    /// <param name="curve">The answer.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(string id, string title, string share, V1.SurvivalCurve curve, Wording words)
    {
        var all = curve.Strata[0];
        if (all.ParticipantCount == 0)
        {
            return Part.Of(id, title, Source.Of(curve), words, Part.Nothing(words, all.Rates[0].NotEstimableReason));
        }

        var months = curve.Endpoint == V1.Endpoint.DurationOfResponse ? words.Of("Months from response", "缓解后月数") : words.Of("Months from infusion", "回输后月数");

        // One group is the whole, and would hide it.
        var strata = curve.Strata.Count == 2 ? [all] : curve.Strata.ToList();
        var lines = strata.Select(stratum => Line(stratum, words)).ToList();
        return Part.Of(
            id, title, Source.Of(curve), words,
            Element("p", Summary(curve, share, words)),
            Part.Figure(
                Picture.InBothWidths(
                    id, words.Of($"{title}, Kaplan–Meier curve", $"{title}，Kaplan–Meier曲线"), Summary(curve, share, words),
                    width => CurvePicture.Draw(lines, share, months, words, width)),
                words.Of(
                    "Share without the event by then. Band: pointwise interval for all participants. Small strokes: censored participants.",
                    "各时间点的无事件比例。阴影：全部受试者的逐点置信区间。短竖线：删失。")),
            Part.Numbers(words, Numbers(id, $"{title}{words.Of(": ", "：")}{months}", share, strata, words)),
            Element("h4", words.Of("Time to the event", "至事件时间")),
            Quantiles(id, $"{title}{words.Of(": ", "：")}{months}", strata, words),
            TestWords.LogRank(curve, words));
    }

    /// <summary>The probability at six months, of all participants.</summary>
    /// <param name="curve">The answer.</param>
    public static V1.SurvivalRate AtSixMonths(V1.SurvivalCurve curve) => curve.Strata[0].Rates[MonthAxis.Position(SixMonths)];

    /// <summary>
    /// The limits of a probability, in percent. NE where it is 0 or 1: nobody or everybody had the event, and limits of R's first
    /// point tell nothing.
    /// </summary>
    /// <param name="rate">The probability.</param>
    /// <remarks>Survival methods, section 3.</remarks>
    public static string Limits(V1.SurvivalRate rate) => rate is { Survival: > 0 and < 1, HasLower: true, HasUpper: true }
        ? $"{Numerals.Percent(100 * rate.Lower)}–{Numerals.Percent(100 * rate.Upper)}"
        : "NE";

    private static string Quantile(V1.SurvivalQuantile quantile, Wording words) => quantile.HasDays
        ? Interval(quantile.Days, quantile.HasLowerDays ? quantile.LowerDays : null, quantile.HasUpperDays ? quantile.UpperDays : null)
        : words.NotEstimable(quantile.NotEstimableReason);

    private static string Summary(V1.SurvivalCurve curve, string share, Wording words)
    {
        var all = curve.Strata[0];
        var median = all.Quantiles.First(quantile => quantile.Probability == 0.5);
        var few = AreFew(AtSixMonths(curve)) ? words.Of(" Fewer than 10 were at risk then.", "此时风险人数少于10例。") : "";
        return words.Of(
            $"{Numerals.Count(all.EventCount)} of {Numerals.Count(all.ParticipantCount)} participants had the event, {Numerals.Count(all.CensoredCount)} were censored. {share} at 6 months: {Rate(AtSixMonths(curve), words)}.{few} Median, months: {Quantile(median, words)}. Median follow-up, months: {FollowUp(all, words)}.",
            $"{Numerals.Count(all.ParticipantCount)}例受试者中{Numerals.Count(all.EventCount)}例发生事件，{Numerals.Count(all.CensoredCount)}例删失。6个月{share}比例：{Rate(AtSixMonths(curve), words)}。{few}中位数（月）：{Quantile(median, words)}。中位随访（月）：{FollowUp(all, words)}。");
    }

    private static CurveLine Line(V1.SurvivalStratum stratum, Wording words) => new(
        GroupWords.Label(stratum.Group, words),
        GroupWords.Style(stratum.Group),
        1,
        [.. stratum.Points.Select(point => new CurveStep(point.Days, point.Survival, point.HasLower ? point.Lower : null, point.HasUpper ? point.Upper : null, point.CensoredCount > 0))],
        [.. stratum.Rates.Select(rate => rate.AtRiskCount)],
        stratum.Group.Length == 0);

    private static XElement Numbers(string id, string title, string share, List<V1.SurvivalStratum> strata, Wording words)
    {
        var ticks = MonthAxis.To(strata[0].Points[^1].Days, most: 14).Ticks;
        return ResultTable.Of(
            $"{id}-numbers",
            title,
            [
                words.Of("Month", "月"),
                .. strata.SelectMany(stratum => GroupWords.Label(stratum.Group, words) is var group
                    ? new[] { words.Of($"{group}: at risk", $"{group}：风险人数"), words.Of($"{group}: {char.ToLowerInvariant(share[0])}{share[1..]} (interval)", $"{group}：{share}（区间）") } : []),
            ],
            ticks.Select(month => TableLine.Of($"{month}", strata.SelectMany(stratum => stratum.Rates[MonthAxis.Position(month)] is var rate
                ? new[] { Numerals.Count(rate.AtRiskCount), $"{Rate(rate, words)}{(AreFew(rate) ? "†" : "")}" } : []))),
            words,
            words.Of(
                "NE: not estimable, as before the first event and after everybody had it. †: fewer than ten at risk.",
                "NE：不可估计，如首个事件之前及全部发生事件之后。†：风险人数少于十例。"));
    }

    private static XElement Quantiles(string id, string title, List<V1.SurvivalStratum> strata, Wording words) => ResultTable.Of(
        $"{id}-quantiles",
        title,
        ["", .. strata.Select(stratum => $"{GroupWords.Label(stratum.Group, words)} (N = {Numerals.Count(stratum.ParticipantCount)})")],
        [
            TableLine.Of(words.Of("Events", "事件"), strata.Select(stratum => Numerals.Count(stratum.EventCount))),
            .. Ends(areCensored: false, strata, words),
            TableLine.Of(words.Of("Censored", "删失"), strata.Select(stratum => $"{Numerals.Count(stratum.CensoredCount)} ({Numerals.Percent(100.0 * stratum.CensoredCount / stratum.ParticipantCount)} %)")),
            .. Ends(areCensored: true, strata, words),
            Within(words.Of("Before 6 months", "6个月之前"), strata.Select(stratum => stratum.CensoredBeforeSixMonthsCount)),
            .. strata[0].Quantiles.Select((quantile, i) => TableLine.Of(
                words.Of($"{100 * quantile.Probability:0} % had the event by", $"{100 * quantile.Probability:0}%发生事件的时间"), strata.Select(stratum => Quantile(stratum.Quantiles[i], words)))),
            TableLine.Of(words.Of("Median follow-up", "中位随访"), strata.Select(stratum => FollowUp(stratum, words))),
        ],
        words,
        words.Of(
            "Months (interval). NE: not estimable, the limit's curve does not reach it. Follow-up: from infusion, by reverse Kaplan–Meier of overall survival, with the observed range.",
            "月（区间）。NE：不可估计，界限曲线未达到。随访：自回输起，按总生存的反向Kaplan–Meier法估计，并列出观察范围。"));

    /// <summary>How many times ended in each way, of the ways that there were.</summary>
    private static IEnumerable<TableLine> Ends(bool areCensored, List<V1.SurvivalStratum> strata, Wording words) =>
        from end in strata[0].Ends
        where end.Censored == areCensored
        let label = words.Reason(end.Reason)
        select Within(
            $"{char.ToUpperInvariant(label[0])}{label[1..]}",
            strata.Select(stratum => stratum.Ends.FirstOrDefault(one => one.Reason == end.Reason)?.ParticipantCount ?? 0));

    private static TableLine Within(string label, IEnumerable<long> counts) => new(label, 1, false, [.. counts.Select(Numerals.Count)]);

    private static string FollowUp(V1.SurvivalStratum stratum, Wording words)
    {
        var median = stratum.HasMedianFollowUpDays
            ? Interval(
                stratum.MedianFollowUpDays, stratum.HasMedianFollowUpLowerDays ? stratum.MedianFollowUpLowerDays : null, stratum.HasMedianFollowUpUpperDays ? stratum.MedianFollowUpUpperDays : null)
            : words.NotEstimable(stratum.MedianFollowUpNotEstimableReason);
        var range = $"{Months(stratum.ShortestFollowUpDays)}–{Months(stratum.LongestFollowUpDays)}";
        return words.Of($"{median}; range {range}", $"{median}；范围{range}");
    }

    private static bool AreFew(V1.SurvivalRate rate) => rate.HasSurvival && rate.AtRiskCount < FewAtRisk;

    private static string Rate(V1.SurvivalRate rate, Wording words) => !rate.HasSurvival
        ? words.NotEstimable(rate.NotEstimableReason)
        : $"{Numerals.Percent(100 * rate.Survival)} % ({Limits(rate)})";

    private static string Interval(double days, double? lower, double? upper) =>
        $"{Months(days)} ({(lower is { } low ? Months(low) : "NE")}–{(upper is { } high ? Months(high) : "NE")})";

    private static string Months(double days) => Numerals.Percent(days / ReportQuestion.DaysPerMonth);
}
