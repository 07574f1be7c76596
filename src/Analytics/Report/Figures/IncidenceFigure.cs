using System.Xml.Linq;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;
using Stratum = Equecel.Analytics.V1.IncidenceCurve.Types.Stratum;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Cumulative incidence of response and of complete response.</summary>
internal static class IncidenceFigure
{
    // Where the groups are told beside each other.
    private static readonly int[] ToldMonths = [1, 3, 6];

    /// <summary>Makes it.</summary>
    /// <param name="response">The answer for response.</param>
    /// <param name="complete">The answer for complete response.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.IncidenceCurve response, V1.IncidenceCurve complete, Wording words)
    {
        const string id = "incidence";
        var title = words.Of("Cumulative incidence of response", "缓解的累积发生率");
        var all = response.Strata[0];
        if (all.ParticipantCount == 0)
        {
            return Part.Of(id, title, Source.Of(response), words, Part.Nothing(words, all.Rates[0].NotEstimableReason));
        }

        List<(string Label, Stratum Stratum)> both =
            [(words.Of("Response (PR or better)", "缓解（PR及以上）"), all), (words.Of("Complete response", "完全缓解"), complete.Strata[0])];
        var lines = both.Select((one, i) => Line(one.Label, i == 0 ? "all" : "second", one.Stratum)).ToList();
        var summary = string.Join(words.Of(" ", ""), both.Select(one => Summary(one.Label, one.Stratum, words)));
        return Part.Of(
            id, title, Source.Of(response), words,
            Element("p", summary),
            Part.Figure(
                Picture.InBothWidths(id, title, summary, width => CurvePicture.Draw(lines, words.Of("With response", "缓解比例"), words.Of("Months from infusion", "回输后月数"), words, width)),
                words.Of(
                    "Share of all participants who have responded by then; progression, death and new therapy before it preclude it. Bands: pointwise intervals.",
                    "截至各时间点已缓解者占全部受试者的比例；此前进展、死亡和新治疗为竞争事件。阴影：逐点置信区间。")),
            Part.Numbers(words, Numbers(id, title, both, words)),
            Part.Apart(response.Strata.Count - 1, words, () => ByProvenance(id, title, [(both[0].Label, response.Strata), (both[1].Label, complete.Strata)], words)),
            TestWords.Gray(both[0].Label, response, words),
            TestWords.Gray(both[1].Label, complete, words));
    }

    private static string Summary(string label, Stratum stratum, Wording words) => words.Of(
        $"{label}: {Numerals.Count(stratum.EventCount)} of {Numerals.Count(stratum.ParticipantCount)}, precluded in {Numerals.Count(stratum.CompetingEventCount)}, censored {Numerals.Count(stratum.CensoredCount)}; by month 3 {Rate(At(stratum, 3), words)}.",
        $"{label}：{Numerals.Count(stratum.ParticipantCount)}例中{Numerals.Count(stratum.EventCount)}例，竞争事件{Numerals.Count(stratum.CompetingEventCount)}例，删失{Numerals.Count(stratum.CensoredCount)}例；3个月时{Rate(At(stratum, 3), words)}。");

    private static CurveLine Line(string label, string style, Stratum stratum) => new(
        label,
        style,
        0,
        [.. stratum.Points.Select(point => new CurveStep(point.Days, point.Incidence, point.HasLower ? point.Lower : null, point.HasUpper ? point.Upper : null, point.CensoredCount > 0))],
        [.. stratum.Rates.Select(rate => rate.AtRiskCount)],
        WithBand: true);

    private static XElement Numbers(string id, string title, List<(string Label, Stratum Stratum)> both, Wording words) => ResultTable.Of(
        $"{id}-numbers",
        words.Of($"{title}, by months from infusion", $"{title}，按回输后月数"),
        [words.Of("Month", "月"), .. both.SelectMany(one => new[] { words.Of($"{one.Label}: at risk", $"{one.Label}：风险人数"), words.Of($"{one.Label}: share (interval)", $"{one.Label}：比例（区间）") })],
        MonthAxis.To(both.Max(one => one.Stratum.Points[^1].Days), most: 14).Ticks.Select(month => TableLine.Of(
            $"{month}", both.SelectMany(one => At(one.Stratum, month) is var rate ? new[] { Numerals.Count(rate.AtRiskCount), Rate(rate, words) } : []))),
        words);

    private static XElement ByProvenance(string id, string title, List<(string Label, IReadOnlyList<Stratum> Strata)> both, Wording words) => ResultTable.Of(
        $"{id}-provenance",
        title,
        ["", .. both[0].Strata.Select(stratum => $"{GroupWords.Label(stratum.Group, words)} (N = {Numerals.Count(stratum.ParticipantCount)})")],
        both.SelectMany(one => Outcomes(one.Label, one.Strata, words)),
        words,
        words.Of("Participants; shares with their intervals.", "例数；比例及区间。"));

    private static IEnumerable<TableLine> Outcomes(string label, IReadOnlyList<Stratum> strata, Wording words)
    {
        yield return new TableLine(label, 0, IsHeading: true, []);
        yield return Told(words.Of("With the event", "发生事件"), stratum => Numerals.Count(stratum.EventCount));
        yield return Told(words.Of("Precluded", "竞争事件"), stratum => Numerals.Count(stratum.CompetingEventCount));
        yield return Told(words.Of("Censored", "删失"), stratum => Numerals.Count(stratum.CensoredCount));
        foreach (var month in ToldMonths)
        {
            yield return Told(words.Of($"By month {month}", $"{month}个月时"), stratum => Rate(At(stratum, month), words));
        }

        TableLine Told(string what, Func<Stratum, string> cell) => new(what, 1, IsHeading: false, [.. strata.Select(cell)]);
    }

    private static V1.IncidenceCurve.Types.Rate At(Stratum stratum, int month) => stratum.Rates[MonthAxis.Position(month)];

    private static string Rate(V1.IncidenceCurve.Types.Rate rate, Wording words) => !rate.HasIncidence
        ? words.NotEstimable(rate.NotEstimableReason)
        : $"{Numerals.Percent(100 * rate.Incidence)} % ({(rate is { HasLower: true, HasUpper: true } ? $"{Numerals.Percent(100 * rate.Lower)}–{Numerals.Percent(100 * rate.Upper)}" : "NE")})";
}
