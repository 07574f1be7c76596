using System.Diagnostics;
using Equecel.Benchmarks.Running;
using Equecel.Records.V1;

namespace Equecel.Benchmarks.Load;

/// <summary>Streams of rows, as both sites send them at the same time.</summary>
internal static class Imports
{
    // More than a site can send in the time that one stream is measured for.
    private const int MostParticipants = 500_000;

    /// <summary>Sends participants of both sites to Enrolment.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="first">Number of the first participant of each site.</param>
    /// <param name="count">How many of each site; three rows each.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Rows, and the time from the first sent to the last verdict.</returns>
    public static async Task<(int Rows, TimeSpan Time)> SendArchiveAsync(
        PlatformProcess platform, int first, int count, CancellationToken cancellation)
    {
        // Made before the clock runs: a site's system has its rows.
        var rows = SiteForms.Sites.Select(site => (Site: site, Rows: SiteForms.Archive(site, first, count).ToList())).ToList();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(rows.Select(async part =>
        {
            using var client = platform.NewClient($"site-{part.Site}");
            await CheckAsync(client.ImportAsync(part.Rows.ToAsyncEnumerable(), null, cancellation));
        }));
        return (rows.Sum(part => part.Rows.Count), clock.Elapsed);
    }

    /// <summary>Sends participants of both sites to Enrolment for a while, in one stream from each.</summary>
    /// <param name="bench">Sets the participants aside.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="duration">For how long rows are sent.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Rows that were sent.</returns>
    public static async Task<int> SendArchiveForAsync(Bench bench, PlatformProcess platform, TimeSpan duration, CancellationToken cancellation)
    {
        var first = bench.TakeParticipants(MostParticipants);
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(SiteForms.Sites.Select(async site =>
        {
            using var client = platform.NewClient($"site-{site}");
            var sent = 0;
            var rows = SiteForms.Archive(site, first, MostParticipants).TakeWhile(_ => clock.Elapsed < duration).Select(row =>
            {
                sent++;
                return row;
            });
            await CheckAsync(client.ImportAsync(rows.ToAsyncEnumerable(), null, cancellation));
            return sent;
        }));
        return counts.Sum();
    }

    /// <summary>Sends deaths of both sites to Safety.</summary>
    /// <inheritdoc cref="SendArchiveAsync"/>
    public static Task SendDeathsAsync(PlatformProcess platform, int first, int count, CancellationToken cancellation) =>
        Task.WhenAll(SiteForms.Sites.Select(async site =>
        {
            using var client = platform.NewClient($"site-{site}");
            await CheckAsync(client.ImportAsync(SiteForms.Deaths(site, first, count).ToAsyncEnumerable(), null, cancellation));
        }));

    /// <summary>Reads verdicts to their end.</summary>
    /// <exception cref="InvalidOperationException">A row was not saved.</exception>
    public static async Task CheckAsync(IAsyncEnumerable<ImportVerdict> verdicts)
    {
        await foreach (var verdict in verdicts)
        {
            if (verdict.Outcome != ImportOutcome.Saved)
            {
                throw new InvalidOperationException($"Row {verdict.Row} was not saved: {verdict.Outcome}, {verdict.ErrorMessage} {verdict.Findings}");
            }
        }
    }
}
