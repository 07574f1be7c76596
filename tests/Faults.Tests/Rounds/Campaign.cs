using System.Diagnostics;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>Round after round for as long as wanted, on a new platform every few rounds.</summary>
/// <param name="seed">What everything is drawn from.</param>
/// <param name="folder">Where the ledger and what explains violations is kept.</param>
internal sealed class Campaign(int seed, string folder)
{
    private const int RoundsOfAnEra = 8;
    private const int MostFailedStarts = 3;
    private static readonly TimeSpan RoundDuration = TimeSpan.FromSeconds(30);

    private int failedStarts;

    /// <summary>The ledger.</summary>
    public Ledger Ledger { get; } = new(folder);

    /// <summary>Runs.</summary>
    /// <param name="duration">No round begins later than this.</param>
    /// <param name="mostRounds">No more rounds than this.</param>
    /// <param name="cancellation">Ends with the round that runs.</param>
    public async Task RunAsync(TimeSpan duration, int mostRounds, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var seeds = new Random(seed);
        for (var round = 0; MoreAfter(round);)
        {
            var eraSeed = seeds.Next();
            Progress.Say($"starting a platform, seed {eraSeed}");
            await using var era = await BeginAsync(eraSeed);
            while (era is not null && await RunRoundAsync(era, ++round, seeds.Next(), cancellation) && round % RoundsOfAnEra != 0 && MoreAfter(round))
            {
                // The next one goes on where this one ended.
            }
        }

        bool MoreAfter(int round) => failedStarts < MostFailedStarts && clock.Elapsed < duration && round < mostRounds && !cancellation.IsCancellationRequested;
    }

    private async Task<Era?> BeginAsync(int eraSeed)
    {
        try
        {
            return await Era.BeginAsync(eraSeed);
        }
        catch (Exception e) when (e is TimeoutException or Npgsql.NpgsqlException or Grpc.Core.RpcException or InvalidOperationException)
        {
            failedStarts++;
            Ledger.Add(Unfinished(eraSeed, $"The platform did not start: {e}"));
            Progress.Say($"  the platform did not start: {e.Message}");
            return null;
        }
    }

    private static RoundResult Unfinished(int seed, string why) => new(seed, [], [], [], new Dictionary<string, int>(), 0, 0, 0, 0, new Dictionary<string, int>(), 0, 0, 0, [why]);

    /// <returns>Whether the platform can be used further.</returns>
    private async Task<bool> RunRoundAsync(Era era, int number, int roundSeed, CancellationToken cancellation)
    {
        Progress.Say($"round {number}, seed {roundSeed}");
        var (result, ended) = await ResultAsync(era, roundSeed, cancellation);
        Ledger.Add(result);
        Progress.Say($"  {string.Join("; ", result.Faults)}");
        foreach (var absent in result.Missed.Concat(result.Hindered))
        {
            Progress.Say($"  did not happen: {absent}");
        }

        Progress.Say($"  {result.Kills} killed, {result.Acknowledged} saves, well after {result.Healed} s, all answered after {result.Answered} s, all in analytics after {result.Drained} s");
        if (result.Violations.Count > 0)
        {
            var evidence = Path.Combine(folder, $"seed-{roundSeed}");
            era.KeepEvidence(evidence);
            Progress.Say(ViolationReport.Of(result, Path.Combine(evidence, "history.jsonl")));
        }

        return ended;
    }

    // What the examiner could not bring to an end is no success either.
    private static async Task<(RoundResult Result, bool Ended)> ResultAsync(Era era, int roundSeed, CancellationToken cancellation)
    {
        try
        {
            return (await new Round(era, roundSeed).RunAsync(RoundDuration, cancellation), true);
        }
        catch (Exception e)
        {
            // Whatever it was: it is told, and the next round begins on a new platform.
            return (Unfinished(roundSeed, $"The round did not come to its end: {e}"), false);
        }
    }
}
