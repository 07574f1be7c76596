using Equecel.Analytics.V1;
using Equecel.Cli.Demo;

namespace Equecel.Cli.Tests.Demo;

/// <summary>The answer that a study equal to R would give.</summary>
internal static class ExpectedCurve
{
    public static SurvivalCurve Of(ExpectedSurvival expected) => new()
    {
        Method = "Kaplan-Meier",
        Strata = { expected.Strata.Select(Stratum) },
        LogRank = new()
        {
            ChiSquare = expected.Logrank.Chisq,
            DegreesOfFreedom = expected.Logrank.Df,
            PValue = expected.Logrank.P,
            Groups =
            {
                expected.Logrank.Groups.Select((group, i) => new LogRankTest.Types.Group
                {
                    Group_ = $"0{i + 1}", ParticipantCount = group.N, ObservedCount = group.Observed, Expected = group.Expected,
                }),
            },
        },
    };

    private static SurvivalStratum Stratum(ExpectedStratum expected, int i)
    {
        var stratum = new SurvivalStratum
        {
            Group = i == 0 ? "" : $"0{i}",
            ParticipantCount = expected.N,
            EventCount = expected.NEvent,
            CensoredCount = expected.NCensor,
            Rates = { Comparison.Times.Select(time => Rate(expected.AtTimes.Single(rate => rate.T == time))) },
            Quantiles = { Comparison.Shares.Select(share => Quantile(expected.Quantiles["loglog"].Single(quantile => quantile.P == share))) },
        };
        if (expected.ReverseKm.Quantiles.Single(quantile => quantile.P == 0.5).Q is { } followUp)
        {
            stratum.MedianFollowUpDays = followUp;
        }

        return stratum;
    }

    private static SurvivalRate Rate(ExpectedRate expected) => new()
    {
        Days = expected.T,
        Survival = expected.Surv,
        StandardError = expected.StdErr!.Value,
        Lower = expected.Lower!.Value,
        Upper = expected.Upper!.Value,
        AtRiskCount = expected.NRisk,
        EventCount = expected.NEventCum,
    };

    private static SurvivalQuantile Quantile(ExpectedQuantile expected)
    {
        var quantile = new SurvivalQuantile { Probability = expected.P, Days = expected.Q!.Value, LowerDays = expected.Lower!.Value };
        if (expected.Upper is { } upper)
        {
            quantile.UpperDays = upper;
        }

        return quantile;
    }
}
