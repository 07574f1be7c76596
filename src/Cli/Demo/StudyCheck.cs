using Equecel.Analytics.V1;
using Equecel.Client;
using Equecel.Common.V1;

namespace Equecel.Cli.Demo;

/// <summary>Asks the study for its result until it is R's, or nothing moves any more.</summary>
internal static class StudyCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(10);

    /// <summary>Asks.</summary>
    /// <param name="study">Who asks.</param>
    /// <param name="expected">R's result.</param>
    /// <param name="patience">How long to ask at most; zero asks once.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The last answer, and its comparison.</returns>
    public static async Task<(SurvivalCurve Curve, IReadOnlyList<ComparedFigure> Figures)> AskAsync(
        EquecelClient study, ExpectedSurvival expected, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (versionCount, moved) = (-1L, started);
        while (true)
        {
            var curve = await study.Analytics.GetSurvivalCurveAsync(Request(), cancellationToken: cancellationToken);
            var figures = Comparison.Compare(curve, expected);
            if (versionCount != (curve.Position?.VersionCount ?? 0))
            {
                (versionCount, moved) = (curve.Position?.VersionCount ?? 0, TimeProvider.System.GetTimestamp());
            }

            if (figures.All(figure => figure.IsEqual)
                || TimeProvider.System.GetElapsedTime(started) >= patience
                || TimeProvider.System.GetElapsedTime(moved) >= LongestStandstill)
            {
                return (curve, figures);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static GetSurvivalCurveRequest Request() => new()
    {
        Endpoint = Endpoint.OverallSurvival,
        Population = new Population { Sites = { SiteArchive.All.Select(site => site.Code) }, Origin = DataOrigin.Retrospective },
        Grouping = Grouping.Site,
        IntervalType = IntervalType.LogLog,
        AtDays = { Comparison.Times },
        Quantiles = { Comparison.Shares },
    };
}
