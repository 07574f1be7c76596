using System.Diagnostics;
using Equecel.Cli.Common;
using Equecel.Client;
using Equecel.Records.V1;

namespace Equecel.Cli.Demo;

/// <summary>Sends the hospitals' archives, each as its own client and all at the same time.</summary>
internal static class ArchiveSending
{
    /// <summary>Sends them.</summary>
    /// <param name="terminal">Where progress shows.</param>
    /// <param name="archive">What to send.</param>
    /// <param name="newClient">Makes the client of a site's system.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What became of the rows, by site and service.</returns>
    public static async Task<IReadOnlyList<SentRows>> SendAsync(
        Terminal terminal, Archive archive, Func<SiteArchive, EquecelClient> newClient, CancellationToken cancellationToken)
    {
        var works = SiteArchive.All.SelectMany(site =>
        {
            var patients = site.PatientsOf(archive);
            return (SentRows[])
            [
                new(site, "enrolment", ArchiveForms.ForEnrolment(site, patients).Count()),
                new(site, "safety", ArchiveForms.ForSafety(site, patients).Count()),
            ];
        }).ToList();

        await ProgressBars.RunAsync(
            terminal,
            [.. works.Select(work => ($"site {work.Site.Code} to {work.Service}", (long?)work.RowCount))],
            bars => Task.WhenAll(SiteArchive.All.Select((site, i) =>
                SendAsync(site, archive, newClient, works.GetRange(2 * i, 2), [bars[2 * i], bars[(2 * i) + 1]], cancellationToken))));
        return works;
    }

    // Deaths come second: Safety refuses those of participants that Enrolment does not know.
    private static async Task SendAsync(
        SiteArchive site, Archive archive, Func<SiteArchive, EquecelClient> newClient,
        List<SentRows> works, Action<long>[] bars, CancellationToken cancellationToken)
    {
        using var client = newClient(site);
        var patients = site.PatientsOf(archive);
        var enrolment = ArchiveForms.ForEnrolment(site, patients).ToList();
        await ReceiveAsync(
            client.ImportAsync(enrolment.ToAsyncEnumerable(), null, cancellationToken),
            works[0], row => (Subject(enrolment[row].Header), enrolment[row].FormCase.ToString()), bars[0]);

        var safety = ArchiveForms.ForSafety(site, patients).ToList();
        await ReceiveAsync(
            client.ImportAsync(safety.ToAsyncEnumerable(), null, cancellationToken),
            works[1], row => (Subject(safety[row].Header), safety[row].FormCase.ToString()), bars[1]);

        string Subject(SubmissionHeader header) => header.Participant.Length > 0 ? header.Participant : $"site {site.Code}";
    }

    private static async Task ReceiveAsync(
        IAsyncEnumerable<ImportVerdict> verdicts, SentRows work, Func<int, (string Subject, string Form)> rowAt, Action<long> progress)
    {
        var clock = Stopwatch.StartNew();
        await foreach (var verdict in verdicts)
        {
            var (subject, form) = rowAt((int)verdict.Row - 1);
            work.Verdicts.Add((subject, form, verdict));
            work.Counts.Add(verdict);
            progress(work.Counts.Rows);
        }

        work.Seconds = clock.Elapsed.TotalSeconds;
    }
}
