using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Client;

namespace Equecel.Cli.Study;

/// <summary>What the study shows of its synthetic participants.</summary>
/// <param name="Tables">Tables.</param>
/// <param name="Survival">Progression-free survival.</param>
internal sealed record StudyResult(IReadOnlyList<Table> Tables, SurvivalCurve Survival)
{
    /// <summary>Six months, in days.</summary>
    public const double SixMonths = 182.625;

    private static readonly Topic[] Topics = [Topic.BestResponse, Topic.AdverseEvents, Topic.Hospitalisation, Topic.QualityOfLife];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(2);

    /// <summary>Participants whom the study counts as infused.</summary>
    public long Infused => Tables[0].Columns.FirstOrDefault()?.ParticipantCount ?? 0;

    /// <summary>Asks for it, again until the study has taken in what was sent.</summary>
    /// <param name="study">Who asks.</param>
    /// <param name="infused">Participants who were infused.</param>
    /// <param name="patience">How long to ask at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<StudyResult> AskAsync(EquecelClient study, int infused, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (versionCount, moved) = (-1L, started);
        while (true)
        {
            // How far it is, Analytics says at once, however many participants there are.
            var curve = await study.Analytics.GetSurvivalCurveAsync(
                new() { Endpoint = Endpoint.OverallSurvival, Population = Everybody(), WithoutPoints = true }, cancellationToken: cancellationToken);
            if (versionCount != (curve.Position?.VersionCount ?? 0))
            {
                (versionCount, moved) = (curve.Position?.VersionCount ?? 0, TimeProvider.System.GetTimestamp());
            }

            var isOver = TimeProvider.System.GetElapsedTime(started) >= patience;
            if (isOver || TimeProvider.System.GetElapsedTime(moved) >= Standstill)
            {
                var result = await ReadAsync(study, cancellationToken);
                if (isOver || result.Infused >= infused)
                {
                    return result;
                }

                // Not asked again before the next standstill: a table of many takes its time.
                moved = TimeProvider.System.GetTimestamp();
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<StudyResult> ReadAsync(EquecelClient study, CancellationToken cancellationToken)
    {
        var tables = new List<Table>();
        foreach (var topic in Topics)
        {
            tables.Add(await study.Analytics.GetTableAsync(new() { Topic = topic, Population = Everybody() }, deadline: LongAnswer.Deadline, cancellationToken: cancellationToken));
        }

        var curve = await study.Analytics.GetSurvivalCurveAsync(
            new() { Endpoint = Endpoint.ProgressionFreeSurvival, Population = Everybody(), IntervalType = IntervalType.LogLog, AtDays = { SixMonths } },
            deadline: LongAnswer.Deadline,
            cancellationToken: cancellationToken);
        return new(tables, curve);
    }

    private static Population Everybody() => new() { Sites = { StudySite.All.Select(site => site.Code) } };
}
