using Equecel.Cli.Common;
using Equecel.Records.V1;

namespace Equecel.Cli.Study;

/// <summary>What became of the rows that one site sent.</summary>
/// <param name="Site">The site.</param>
internal sealed record SentStudy(StudySite Site)
{
    private const int MostRefusals = 20;

    /// <summary>How many became what, by service.</summary>
    public IReadOnlyDictionary<string, VerdictCounts> Counts { get; } = CaptureService.All.ToDictionary(service => service.Name, _ => new VerdictCounts());

    /// <summary>The first rows that were refused.</summary>
    public List<(StudyRow Row, ImportVerdict Verdict)> Refused { get; } = [];

    /// <summary>Participants who were infused.</summary>
    public int Infused { get; set; }

    /// <summary>Corrections among the rows.</summary>
    public int Amendments { get; private set; }

    /// <summary>Rows with a verdict.</summary>
    public int Rows => Counts.Values.Sum(counts => counts.Rows);

    /// <summary>Counts a verdict.</summary>
    public void Add(StudyRow row, ImportVerdict verdict)
    {
        Counts[row.Service].Add(verdict);
        Amendments += row.Wave == Wave.Amendment ? 1 : 0;
        if (verdict.Outcome == ImportOutcome.Refused && Refused.Count < MostRefusals)
        {
            Refused.Add((row, verdict));
        }
    }
}
