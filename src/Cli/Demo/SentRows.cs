using Equecel.Cli.Common;
using Equecel.Records.V1;

namespace Equecel.Cli.Demo;

/// <summary>What became of the rows that one site sent to one service.</summary>
/// <param name="Site">The site.</param>
/// <param name="Service">Name of the service.</param>
/// <param name="RowCount">Rows to send.</param>
internal sealed record SentRows(SiteArchive Site, string Service, int RowCount)
{
    /// <summary>How many became what.</summary>
    public VerdictCounts Counts { get; } = new();

    /// <summary>Time from the first row to the last verdict, in seconds.</summary>
    public double Seconds { get; set; }

    /// <summary>Every verdict, with whose form it is about.</summary>
    public List<(string Subject, string Form, ImportVerdict Verdict)> Verdicts { get; } = [];
}
