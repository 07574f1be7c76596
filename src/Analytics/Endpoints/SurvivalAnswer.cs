using System.Globalization;
using Equecel.Analytics.Derivation;
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
            Method = Method(question),
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

    private static string Method(SurvivalQuestion question)
    {
        var scale = question.Interval.Type switch
        {
            IntervalType.Log => "log",
            IntervalType.Plain => "plain",
            _ => "log-log",
        };
        var level = (100 * question.Interval.Level).ToString("0.####", CultureInfo.InvariantCulture);
        var test = question.Grouping == V1.Grouping.Unspecified ? "" : " log-rank test between groups (exploratory);";
        return $"Kaplan–Meier product-limit; Greenwood; {scale} {level} % intervals; Brookmeyer–Crowley quantiles;"
            + $" {EndpointInWords(question)}; median follow-up by reverse Kaplan–Meier of overall survival from infusion, log-log limits;{test} convention A ({Origin(question)} = day 1); rule set {RuleSet}";
    }

    private static string Origin(SurvivalQuestion question) =>
        question.Endpoint == V1.Endpoint.DurationOfResponse ? "day of the first recorded response" : "infusion day";

    private static string EndpointInWords(SurvivalQuestion question) => question.Endpoint switch
    {
        V1.Endpoint.DurationOfResponse when question.Censoring == PfsCensoring.None =>
            "responders (PR or better as recorded); event: progression or death, new therapy and missed assessments ignored",
        V1.Endpoint.DurationOfResponse =>
            $"responders (PR or better as recorded); event: progression or death, censored at {string.Join(" and ", CensoringInWords(question.Censoring))}",
        V1.Endpoint.ProgressionFreeSurvival when question.Censoring == PfsCensoring.None =>
            "event: progression or death, new therapy and missed assessments ignored",
        V1.Endpoint.ProgressionFreeSurvival =>
            $"event: progression or death, censored at {string.Join(" and ", CensoringInWords(question.Censoring))}",
        _ => "event: death from any cause",
    };

    private static IEnumerable<string> CensoringInWords(PfsCensoring censoring)
    {
        if (censoring.HasFlag(PfsCensoring.NewTherapy))
        {
            yield return "new therapy (S1)";
        }

        if (censoring.HasFlag(PfsCensoring.MissedAssessments))
        {
            yield return "two missed assessments (S2)";
        }
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
