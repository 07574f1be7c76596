using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Endpoints;

/// <summary>Computes the cumulative incidence of all participants, or of one group.</summary>
internal static class IncidenceStratum
{
    private static readonly IReadOnlyList<double> OneThreeAndSixMonths = [30.4375, 91.3125, 182.625];

    /// <summary>Computes it.</summary>
    /// <param name="group">Name of the group; empty for all participants.</param>
    /// <param name="table">The participants.</param>
    /// <param name="request">What is asked about them.</param>
    /// <param name="level">Level of the intervals.</param>
    public static V1.IncidenceCurve.Types.Stratum Compute(string group, CompetingTable table, V1.GetIncidenceCurveRequest request, double level)
    {
        var curve = CumulativeIncidence.Estimate(table, level);
        return new V1.IncidenceCurve.Types.Stratum
        {
            Group = group,
            ParticipantCount = table.SubjectCount,
            EventCount = table.EventCount,
            CompetingEventCount = table.CompetingEventCount,
            CensoredCount = table.CensoredCount,
            Points = { request.WithoutPoints ? [] : curve.Rows.Select(Point) },
            Rates = { (request.AtDays.Count == 0 ? OneThreeAndSixMonths : request.AtDays).Select(days => Rate(curve.At(days))) },
        };
    }

    private static V1.IncidenceCurve.Types.Point Point(IncidenceRow row)
    {
        var point = new V1.IncidenceCurve.Types.Point
        {
            Days = row.Counts.Time,
            AtRiskCount = row.Counts.AtRisk,
            EventCount = row.Counts.Events,
            CompetingEventCount = row.Counts.CompetingEvents,
            CensoredCount = row.Counts.Censored,
            Incidence = row.Incidence,
            StandardError = row.StandardError,
        };
        if (row is { Lower: { } lower, Upper: { } upper })
        {
            (point.Lower, point.Upper) = (lower, upper);
        }

        return point;
    }

    private static V1.IncidenceCurve.Types.Rate Rate(IncidenceAt at)
    {
        var rate = new V1.IncidenceCurve.Types.Rate
        {
            Days = at.Time,
            AtRiskCount = at.AtRisk,
            EventCount = at.EventCount,
            CompetingEventCount = at.CompetingEventCount,
            NotEstimableReason = at.Reason?.InWords() ?? "",
        };
        if (at.Incidence is { } incidence)
        {
            rate.Incidence = incidence;
        }

        if (at is { Lower: { } lower, Upper: { } upper })
        {
            (rate.Lower, rate.Upper) = (lower, upper);
        }

        return rate;
    }
}
