using System.Text.Json;

namespace Equecel.Analytics.Tests.Statistics;

/// <summary>Equality within a tolerance, absolute or relative, whichever is larger; null equals only null.</summary>
internal static class Close
{
    public static void To(JsonElement expected, string property, double? actual, double tolerance = 1e-9, bool relative = false)
    {
        var value = expected.GetProperty(property);
        To(value.ValueKind == JsonValueKind.Null ? null : value.GetDouble(), actual, property, tolerance, relative);
    }

    public static void To(double? expected, double? actual, string what, double tolerance = 1e-9, bool relative = false)
    {
        var scale = Math.Max(relative ? 0 : 1, Math.Abs(expected ?? 1));
        var close = expected is null ? actual is null : Math.Abs(expected.Value - (actual ?? double.NaN)) <= tolerance * scale;
        Assert.True(close, $"{what} is {actual?.ToString("R") ?? "null"}, but R has {expected?.ToString("R") ?? "null"}.");
    }
}
