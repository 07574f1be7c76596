using System.Globalization;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Endpoints;

/// <summary>Computes the answer to a survival question from what was counted.</summary>
internal static class SurvivalAnswer
{
    /// <summary>Name of the rules that turn records into times.</summary>
    public const string RuleSet = "RWS-1";

    /// <summary>Why a participant is left out, in words.</summary>
    /// <param name="exclusion">Why.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nobody is told of it.</exception>
    public static string InWords(Exclusion exclusion) => exclusion switch
    {
        Exclusion.NotInfused => "not infused",
        Exclusion.InfusedAfterCutoff => "infused after the cut-off",
        Exclusion.DeathBeforeInfusion => "death before infusion",
        Exclusion.NoResponse => "no response",
        _ => throw new ArgumentOutOfRangeException(nameof(exclusion), exclusion, "Nobody is told of it."),
    };

    /// <summary>Computes it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="counts">What was counted for it.</param>
    /// <param name="position">The data that was counted.</param>
    public static V1.SurvivalCurve Compute(SurvivalQuestion question, CurveCounts counts, V1.DataPosition position)
    {
        var groups = counts.Groups.Select(group => (group.Key, Counts: group.Value, Table: group.Value.Times.ToTable())).ToList();
        var test = LogRank.Test([.. groups.Select(group => group.Table)]);
        return new V1.SurvivalCurve
        {
            Endpoint = question.Endpoint,
            Method = SurvivalMethod.InWords(question).En,
            RuleSet = RuleSet,
            ConfidenceLevel = question.Interval.Level,
            IntervalType = question.Interval.Type switch
            {
                IntervalType.Log => V1.IntervalType.Log,
                IntervalType.Plain => V1.IntervalType.Plain,
                _ => V1.IntervalType.LogLog,
            },
            Population = question.Population,
            DataCutoffDate = question.Cutoff?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            Strata =
            {
                groups.Prepend((Key: "", Counts: counts.All, Table: counts.All.Times.ToTable()))
                    .Select(group => SurvivalStratum.Compute(group.Key, group.Counts, group.Table, question)),
            },
            LogRank = ToV1(test, groups.Select(group => group.Key)),
            LogRankNotEstimableReason = question.Grouping == V1.Grouping.Unspecified ? "" : test.Reason?.InWords() ?? "",
            Exclusions = { counts.Exclusions },
            Position = position,
        };
    }

    private static V1.LogRankTest? ToV1(LogRankTest test, IEnumerable<string> groups) => test is not { ChiSquare: { } chiSquare, PValue: { } pValue }
        ? null
        : new V1.LogRankTest
        {
            ChiSquare = chiSquare,
            DegreesOfFreedom = test.DegreesOfFreedom,
            PValue = pValue,
            Groups =
            {
                groups.Zip(test.Groups, (group, result) => new V1.LogRankTest.Types.Group
                {
                    Group_ = group,
                    ParticipantCount = result.SubjectCount,
                    ObservedCount = result.Observed,
                    Expected = result.Expected,
                }),
            },
        };
}
