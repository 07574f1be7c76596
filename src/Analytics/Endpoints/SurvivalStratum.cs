using System.Globalization;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Endpoints;

/// <summary>Computes the curve of all participants, or of one group.</summary>
internal static class SurvivalStratum
{
    /// <summary>Computes it.</summary>
    /// <param name="group">Name of the group; empty for all participants.</param>
    /// <param name="counts">The participants.</param>
    /// <param name="table">Their times in the curve.</param>
    /// <param name="question">What is asked about them.</param>
    public static V1.SurvivalStratum Compute(string group, StratumCounts counts, EventTable table, SurvivalQuestion question)
    {
        var curve = KaplanMeier.Estimate(table, question.Interval);
        var stratum = new V1.SurvivalStratum
        {
            Group = group,
            ParticipantCount = table.SubjectCount,
            EventCount = table.EventCount,
            CensoredCount = table.CensoredCount,
            CensoredBeforeSixMonthsCount = counts.Ends.Where(end => IsCensoring(end.Reason)).Sum(end => end.EarlyCount),
            Ends = { counts.Ends.Select(End) },
            Points = { question.WithPoints ? curve.Rows.Select(Point) : [] },
            Rates = { question.AtDays.Select(days => Rate(curve.At(days))) },
            Quantiles = { question.Quantiles.Select(share => Quantile(curve.Quantile(share))) },
        };
        Tell(FollowUp.Estimate(counts.FollowUp.ToTable(), new ConfidenceInterval(level: question.Interval.Level)), stratum);
        return stratum;
    }

    private static void Tell(FollowUp followUp, V1.SurvivalStratum stratum)
    {
        stratum.MedianFollowUpNotEstimableReason = followUp.Median.Reason?.InWords() ?? "";
        SetIf(followUp.Median.Value, value => stratum.MedianFollowUpDays = value);
        SetIf(followUp.Median.Lower, value => stratum.MedianFollowUpLowerDays = value);
        SetIf(followUp.Median.Upper, value => stratum.MedianFollowUpUpperDays = value);
        SetIf(followUp.Range?.Shortest, value => stratum.ShortestFollowUpDays = value);
        SetIf(followUp.Range?.Longest, value => stratum.LongestFollowUpDays = value);
    }

    private static bool IsCensoring(EndReason reason) => reason is not (EndReason.Progression or EndReason.Death);

    private static V1.EndCount End((EndReason Reason, int Count, int EarlyCount) end) =>
        new() { Reason = end.Reason.InWords(), Censored = IsCensoring(end.Reason), ParticipantCount = end.Count, BeforeSixMonthsCount = end.EarlyCount };

    private static V1.SurvivalPoint Point(SurvivalRow row)
    {
        var point = new V1.SurvivalPoint
        {
            Days = row.Time,
            AtRiskCount = row.AtRisk,
            EventCount = row.Events,
            CensoredCount = row.Censored,
            Survival = row.Survival,
        };
        SetIf(row.StandardError, value => point.StandardError = value);
        SetIf(row.Lower, value => point.Lower = value);
        SetIf(row.Upper, value => point.Upper = value);
        return point;
    }

    private static V1.SurvivalRate Rate(SurvivalAt at)
    {
        var rate = new V1.SurvivalRate
        {
            Days = at.Time,
            AtRiskCount = at.AtRisk,
            EventCount = at.EventCount,
            NotEstimableReason = at.Reason?.InWords() ?? "",
        };
        SetIf(at.Survival, value => rate.Survival = value);
        SetIf(at.StandardError, value => rate.StandardError = value);
        SetIf(at.Lower, value => rate.Lower = value);
        SetIf(at.Upper, value => rate.Upper = value);
        return rate;
    }

    private static V1.SurvivalQuantile Quantile(SurvivalQuantile found)
    {
        var quantile = new V1.SurvivalQuantile
        {
            Probability = found.Share,
            Note = found switch
            {
                { FlatFrom: { } from } => string.Create(
                    CultureInfo.InvariantCulture,
                    $"The curve stays at exactly this share from day {from} to the end of follow-up; the value is the middle and moves with the cut-off."),
                _ => found.Reason?.InWords() ?? "",
            },
            NotEstimableReason = found.Reason?.InWords() ?? "",
        };
        SetIf(found.Value, value => quantile.Days = value);
        SetIf(found.Lower, value => quantile.LowerDays = value);
        SetIf(found.Upper, value => quantile.UpperDays = value);
        return quantile;
    }

    // The setters of optional fields take no null.
    private static void SetIf(double? value, Action<double> set)
    {
        if (value is { } known)
        {
            set(known);
        }
    }
}
