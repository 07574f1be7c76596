using System.Globalization;

namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>One comparison of a measurement with what a response asks for.</summary>
/// <param name="Marker">What was measured.</param>
/// <param name="IsMet">Whether it is as asked for.</param>
/// <param name="IsMissing">Whether it was not measured.</param>
/// <param name="Text">The comparison in English.</param>
/// <param name="TextZh">The comparison in Chinese.</param>
internal sealed record Reason(Marker Marker, bool IsMet, bool IsMissing, string Text, string TextZh)
{
    /// <summary>A measurement that is not there.</summary>
    public static Reason Missing(Marker marker) => new(marker, false, true, $"{marker.Name} missing", $"缺少{marker.NameZh}");

    /// <summary>A fall from baseline by a share or more; <paramref name="orBelow"/> does as well.</summary>
    public static Reason Fall(Marker marker, decimal? baseline, decimal? now, decimal percent, decimal? orBelow = null)
    {
        if (now is not { } value)
        {
            return Missing(marker);
        }

        var isMet = (baseline > 0 && Change.HasFallen(baseline.Value, value, percent)) || value < orBelow;
        var (or, orZh) = orBelow is null ? ("", "") : ($" or below {Number(orBelow.Value)}{marker.Unit}", $"或低于{Number(orBelow.Value)}{marker.Unit}");
        return new Reason(
            marker, isMet, false,
            $"{Fallen(marker, baseline, value)}; asked for {Number(percent)} %{or}",
            $"{FallenZh(marker, baseline, value)}，要求≥{Number(percent)}%{orZh}");
    }

    /// <summary>A fall from baseline by more than a share.</summary>
    public static Reason FallByMoreThan(Marker marker, decimal baseline, decimal? now, decimal percent) => now is not { } value
        ? Missing(marker)
        : new Reason(
            marker, Change.HasFallenByMoreThan(baseline, value, percent), false,
            $"{Fallen(marker, baseline, value)}; asked for more than {Number(percent)} %",
            $"{FallenZh(marker, baseline, value)}，要求>{Number(percent)}%");

    /// <summary>A value below a limit.</summary>
    public static Reason Below(Marker marker, decimal? now, decimal limit) => now is not { } value
        ? Missing(marker)
        : new Reason(
            marker, value < limit, false,
            $"{marker.Name} {Number(value)}{marker.Unit}; asked for below {Number(limit)}{marker.Unit}",
            $"{marker.NameZh}{Number(value)}{marker.Unit}，要求<{Number(limit)}{marker.Unit}");

    /// <summary>Nothing of it.</summary>
    public static Reason Zero(Marker marker, decimal? now) => now is not { } value
        ? Missing(marker)
        : new Reason(
            marker, value == 0, false,
            $"{marker.Name} {Number(value)}{marker.Unit}; asked for none", $"{marker.NameZh}{Number(value)}{marker.Unit}，要求为0");

    /// <summary>A negative test.</summary>
    public static Reason Negative(Marker marker, TestResult result) => result == TestResult.NotDone
        ? Missing(marker)
        : new Reason(
            marker, result == TestResult.Negative, false,
            $"{marker.Name} {(result == TestResult.Negative ? "negative" : "positive")}; asked for negative",
            $"{marker.NameZh}{(result == TestResult.Negative ? "阴性" : "阳性")}，要求阴性");

    /// <summary>A normal ratio of the light chains.</summary>
    public static Reason NormalRatio(LightChains? chains) => chains is not { } value
        ? Missing(Marker.Ratio)
        : new Reason(
            Marker.Ratio, value.IsRatioNormal, false,
            $"free light chain ratio {Number(value.Ratio ?? 0)}; asked for 0.26 to 1.65",
            $"游离轻链比值{Number(value.Ratio ?? 0)}，要求0.26–1.65");

    /// <summary>A rise from the lowest value that makes a progression.</summary>
    public static Reason Rise(Marker marker, decimal lowest, decimal now, string which = "") => new(
        marker, true, false,
        $"{marker.Name}{which} {Number(now)}{marker.Unit}, lowest {Number(lowest)}{marker.Unit}: rose by {Number(now - lowest)}{marker.Unit}{Share(now - lowest, lowest)}",
        $"{marker.NameZh}{which}{Number(now)}{marker.Unit}，最低值{Number(lowest)}{marker.Unit}，升高{Number(now - lowest)}{marker.Unit}{Share(now - lowest, lowest)}");

    /// <summary>A number as people write it.</summary>
    public static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Fallen(Marker marker, decimal? baseline, decimal now) =>
        $"{marker.Name} {Number(now)}{marker.Unit}, baseline {(baseline is { } from ? $"{Number(from)}{marker.Unit}: fell by {Percent(from - now, from)}" : "missing")}";

    private static string FallenZh(Marker marker, decimal? baseline, decimal now) =>
        $"{marker.NameZh}{Number(now)}{marker.Unit}，{(baseline is { } from ? $"较基线{Number(from)}{marker.Unit}下降{Percent(from - now, from)}" : "缺少基线值")}";

    private static string Share(decimal change, decimal of) => of == 0 ? "" : $" ({Percent(change, of)})";

    // Cut off, not rounded: 89.996 % must not read as 90 %.
    private static string Percent(decimal change, decimal of) => of == 0 ? "0 %" : $"{Number(decimal.Truncate(change * 10_000 / of) / 100)} %";
}
