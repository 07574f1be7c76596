using Equecel.Analytics.V1;

namespace Equecel.Cli.Demo;

/// <summary>Compares the platform's answer with R's, figure by figure.</summary>
/// <remarks>Tolerances as the vectors' README gives them: counts exact, estimates 1e-9, chi-square 1e-8, p 1e-7 relative.</remarks>
internal static class Comparison
{
    private const double Estimate = 1e-9;
    private const double ChiSquare = 1e-8;
    private const double P = 1e-7;

    /// <summary>Times that are compared, in days: 6 and 12 months.</summary>
    public static IReadOnlyList<double> Times { get; } = [182.625, 365.25];

    /// <summary>Quantiles that are compared.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.25, 0.5, 0.75];

    /// <summary>Compares.</summary>
    /// <param name="curve">The answer, by site, with <see cref="Times"/> and <see cref="Shares"/>.</param>
    /// <param name="expected">R's.</param>
    /// <returns>Every figure that R gives and the answer should have.</returns>
    public static IReadOnlyList<ComparedFigure> Compare(SurvivalCurve curve, ExpectedSurvival expected) =>
        [.. expected.Strata.SelectMany(stratum => Stratum(curve, stratum)), .. LogRank(curve.LogRank, expected.Logrank)];

    private static IEnumerable<ComparedFigure> Stratum(SurvivalCurve curve, ExpectedStratum expected)
    {
        var group = Group(expected.Stratum.Split('=')[^1]);
        var ours = curve.Strata.FirstOrDefault(stratum => stratum.Group == group);
        var name = group.Length == 0 ? "all" : $"site {group}";
        yield return Count($"{name}: participants", ours?.ParticipantCount, expected.N);
        yield return Count($"{name}: deaths", ours?.EventCount, expected.NEvent);
        yield return Count($"{name}: censored", ours?.CensoredCount, expected.NCensor);
        foreach (var figure in Times.SelectMany(time => Rate(name, time, ours, expected.AtTimes.Single(rate => rate.T == time))))
        {
            yield return figure;
        }

        foreach (var figure in Shares.SelectMany(share => Quantile(name, share, ours, expected.Quantiles["loglog"].Single(quantile => quantile.P == share))))
        {
            yield return figure;
        }

        yield return new($"{name}: median follow-up", Value(ours?.HasMedianFollowUpDays, ours?.MedianFollowUpDays), expected.ReverseKm.Quantiles.Single(quantile => quantile.P == 0.5).Q, Estimate);
    }

    private static IEnumerable<ComparedFigure> Rate(string name, double time, SurvivalStratum? stratum, ExpectedRate expected)
    {
        var ours = stratum?.Rates.FirstOrDefault(rate => rate.Days == time);
        var at = time == Times[0] ? "at 6 months" : "at 12 months";
        yield return new($"{name}: alive {at}", Value(ours?.HasSurvival, ours?.Survival), expected.Surv, Estimate);
        yield return new($"{name}: standard error {at}", Value(ours?.HasStandardError, ours?.StandardError), expected.StdErr, Estimate);
        yield return new($"{name}: lower limit {at}", Value(ours?.HasLower, ours?.Lower), expected.Lower, Estimate);
        yield return new($"{name}: upper limit {at}", Value(ours?.HasUpper, ours?.Upper), expected.Upper, Estimate);
        yield return Count($"{name}: at risk {at}", ours?.AtRiskCount, expected.NRisk);
        yield return Count($"{name}: deaths {at}", ours?.EventCount, expected.NEventCum);
    }

    private static IEnumerable<ComparedFigure> Quantile(string name, double share, SurvivalStratum? stratum, ExpectedQuantile expected)
    {
        var ours = stratum?.Quantiles.FirstOrDefault(quantile => quantile.Probability == share);
        var what = share == 0.5 ? "median" : FormattableString.Invariant($"{share * 100:0} % died by");
        yield return new($"{name}: {what}", Value(ours?.HasDays, ours?.Days), expected.Q, Estimate);
        yield return new($"{name}: {what}, lower limit", Value(ours?.HasLowerDays, ours?.LowerDays), expected.Lower, Estimate);
        yield return new($"{name}: {what}, upper limit", Value(ours?.HasUpperDays, ours?.UpperDays), expected.Upper, Estimate);
    }

    private static IEnumerable<ComparedFigure> LogRank(LogRankTest? ours, ExpectedLogRank expected)
    {
        yield return new("log-rank: chi-square", ours?.ChiSquare, expected.Chisq, ChiSquare);
        yield return Count("log-rank: degrees of freedom", ours?.DegreesOfFreedom, expected.Df);
        yield return new("log-rank: p", ours?.PValue, expected.P, P, RelativeOnly: true);
        foreach (var group in expected.Groups)
        {
            var site = Group(group.Group);
            var mine = ours?.Groups.FirstOrDefault(each => each.Group_ == site);
            yield return Count($"log-rank: site {site} observed", mine?.ObservedCount, group.Observed);
            yield return new($"log-rank: site {site} expected", mine?.Expected, group.Expected, Estimate);
        }
    }

    private static ComparedFigure Count(string name, long? ours, long expected) => new(name, ours, expected, 0);

    private static double? Value(bool? has, double? value) => has == true ? value : null;

    private static string Group(string name) => SiteArchive.All.FirstOrDefault(site => site.Era == name)?.Code ?? "";
}
