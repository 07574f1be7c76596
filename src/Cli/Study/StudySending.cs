using Equecel.Cli.Common;
using Equecel.Client;
using Equecel.Records.V1;

namespace Equecel.Cli.Study;

/// <summary>Sends the synthetic study, each site as its own client and all at the same time, with memory that does not grow.</summary>
internal static class StudySending
{
    private const int ParticipantsAtOnce = 100;

    /// <summary>Sends it.</summary>
    /// <param name="terminal">Where progress shows.</param>
    /// <param name="study">What to send.</param>
    /// <param name="participants">Number of participants.</param>
    /// <param name="newClient">Makes the client of a site's system.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What became of the rows, by site.</returns>
    public static async Task<IReadOnlyList<SentStudy>> SendAsync(
        Terminal terminal, SyntheticStudy study, int participants, Func<StudySite, EquecelClient> newClient, CancellationToken cancellationToken)
    {
        var sent = StudySite.All.Select(site => new SentStudy(site)).ToList();
        await ProgressBars.RunAsync(
            terminal,
            [.. sent.Select(site => ($"site {site.Site.Code}", (long?)null))],
            bars => Task.WhenAll(sent.Zip(bars, (site, bar) => Task.Run(() => SendAsync(site, bar, study, participants, newClient, cancellationToken), cancellationToken))));
        return sent;
    }

    private static async Task SendAsync(
        SentStudy sent, Action<long> progress, SyntheticStudy study, int participants, Func<StudySite, EquecelClient> newClient, CancellationToken cancellationToken)
    {
        using var client = newClient(sent.Site);
        await SendAsync(client, study.FormsOf(sent.Site), sent, progress, cancellationToken);
        foreach (var numbers in sent.Site.Numbers(participants).Chunk(ParticipantsAtOnce))
        {
            sent.Infused += numbers.Count(study.IsInfused);
            await SendAsync(client, [.. numbers.SelectMany(study.FormsOf)], sent, progress, cancellationToken);
        }
    }

    // Enrolment first: the others refuse forms of participants that it does not know.
    private static async Task SendAsync(
        EquecelClient client, IReadOnlyList<StudyRow> rows, SentStudy sent, Action<long> progress, CancellationToken cancellationToken)
    {
        var records = new Dictionary<string, string>();
        foreach (var service in CaptureService.All)
        {
            foreach (var wave in Enum.GetValues<Wave>())
            {
                var batch = rows.Where(row => row.Service == service.Name && row.Wave == wave).ToList();
                batch.ForEach(row => RecordLinks.Resolve(row, records));
                await foreach (var verdict in batch.Count == 0
                    ? AsyncEnumerable.Empty<ImportVerdict>()
                    : client.ImportAsync(service.Descriptor, batch.Select(row => row.Request).ToAsyncEnumerable(), null, cancellationToken))
                {
                    var row = batch[(int)verdict.Row - 1];
                    records[row.Header.RequestId] = verdict.RecordId;
                    sent.Add(row, verdict);
                    progress(sent.Rows);
                }
            }
        }
    }
}
