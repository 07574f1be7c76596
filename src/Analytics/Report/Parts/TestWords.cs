using System.Globalization;
using System.Xml.Linq;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Parts;

/// <summary>Tests between prospective and retrospective participants in words.</summary>
internal static class TestWords
{
    private const double Least = 0.001;

    /// <summary>The log-rank test of a survival curve; nothing when it has no two groups.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="words">The language.</param>
    public static XElement? LogRank(V1.SurvivalCurve curve, Wording words) => AreCompared(curve.Strata.Count)
        ? Tell(
            words.Of("Log-rank test", "对数秩检验"), words,
            curve.LogRank is { } test ? InWords(test.ChiSquare, test.DegreesOfFreedom, test.PValue, words) : words.NotEstimable(curve.LogRankNotEstimableReason))
        : null;

    /// <summary>Gray's test of a cumulative incidence; nothing when it has no two groups.</summary>
    /// <param name="what">The event.</param>
    /// <param name="curve">The curve.</param>
    /// <param name="words">The language.</param>
    public static XElement? Gray(string what, V1.IncidenceCurve curve, Wording words) => AreCompared(curve.Strata.Count)
        ? Tell(
            words.Of($"{what}: Gray's test", $"{what}：Gray检验"), words,
            curve.Gray is { } test ? InWords(test.ChiSquare, test.DegreesOfFreedom, test.PValue, words) : words.NotEstimable(curve.GrayNotEstimableReason))
        : null;

    /// <summary>Whether groups are compared: there are two beside all participants.</summary>
    /// <param name="strata">Curves of the answer, the first being that of all participants.</param>
    public static bool AreCompared(int strata) => strata > 2;

    private static XElement Tell(string test, Wording words, string result) => Element("p", words.Of(
        $"{test}, prospective against retrospective (exploratory): {result}.", $"{test}，前瞻性与回顾性比较（探索性）：{result}。"));

    private static string InWords(double chiSquare, int degreesOfFreedom, double p, Wording words)
    {
        var shown = p < Least ? "< 0.001" : $"= {Math.Round(p, 3, MidpointRounding.AwayFromZero).ToString("0.000", CultureInfo.InvariantCulture)}";
        return words.Of(
            $"chi-square {Numerals.Number(chiSquare)}, degrees of freedom {degreesOfFreedom}, p {shown}",
            $"卡方值{Numerals.Number(chiSquare)}，自由度{degreesOfFreedom}，p {shown}");
    }
}
