using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equecel.Cli.Demo;

/// <summary>What R's package survival makes of the archive: the part of expected.json that is compared.</summary>
internal sealed record ExpectedSurvival(IReadOnlyList<ExpectedStratum> Strata, ExpectedLogRank Logrank)
{
    private static readonly JsonSerializerOptions Style = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads the file.</summary>
    public static ExpectedSurvival Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<ExpectedSurvival>(file, Style) ?? throw new JsonException($"{path} is empty.");
    }
}

/// <summary>One curve: <c>all</c>, or <c>group=</c> and the group.</summary>
internal sealed record ExpectedStratum(
    string Stratum, long N, long NEvent, long NCensor, IReadOnlyList<ExpectedRate> AtTimes,
    IReadOnlyDictionary<string, IReadOnlyList<ExpectedQuantile>> Quantiles, ExpectedReverse ReverseKm);

/// <summary>The survival probability at a time, with log-log limits.</summary>
internal sealed record ExpectedRate(
    double T, long NRisk, long NEventCum, double Surv, double? StdErr,
    [property: JsonPropertyName("lower_loglog")] double? Lower, [property: JsonPropertyName("upper_loglog")] double? Upper);

/// <summary>A quantile with its limits, in days.</summary>
internal sealed record ExpectedQuantile(double P, double? Q, double? Lower, double? Upper);

/// <summary>Follow-up by reverse Kaplan–Meier.</summary>
internal sealed record ExpectedReverse(IReadOnlyList<ExpectedQuantile> Quantiles);

/// <summary>The log-rank test.</summary>
internal sealed record ExpectedLogRank(double Chisq, int Df, double P, IReadOnlyList<ExpectedGroup> Groups);

/// <summary>A group's share in the log-rank test.</summary>
internal sealed record ExpectedGroup(string Group, long N, long Observed, double Expected);
