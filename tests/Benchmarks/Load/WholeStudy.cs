using Equecel.Benchmarks.Running;
using Equecel.Cli.Common;
using Equecel.Cli.Study;

namespace Equecel.Benchmarks.Load;

/// <summary>The whole synthetic study that <c>equecel study</c> sends: every form of every service, from twelve hospitals.</summary>
internal static class WholeStudy
{
    private const long Seed = 2026;

    /// <summary>Sends it, and waits until nothing more is derived from it and all is in the answers.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="participants">Number of participants.</param>
    /// <param name="settleTime">How long the services must have saved nothing.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="InvalidOperationException">A row was refused.</exception>
    public static async Task SendAsync(PlatformProcess platform, int participants, TimeSpan settleTime, CancellationToken cancellation)
    {
        var nowhere = new Terminal(new Surroundings(Stream.Null, TextWriter.Null, TextWriter.Null, _ => null, RichOutput: false, RichError: false), json: false);
        var sent = await StudySending.SendAsync(
            nowhere, new SyntheticStudy(Seed), participants, site => platform.NewClient(site.Client, attempts: 5), cancellation);
        if (sent.SelectMany(site => site.Refused).FirstOrDefault() is { Verdict: { } refusal } refused)
        {
            throw new InvalidOperationException($"A row of {refused.Row.Form} was refused: {refusal.ErrorMessage} {refusal.Findings}");
        }

        var postgres = await platform.GetPostgresAsync(cancellation);
        using var team = new StudyTeam(platform);
        var (count, before) = (await postgres.CountVersionsAsync(cancellation), 0L);
        while (count != before)
        {
            await team.WaitForVersionsAsync(count, cancellation);
            await Task.Delay(settleTime, cancellation);
            (count, before) = (await postgres.CountVersionsAsync(cancellation), count);
        }
    }
}
