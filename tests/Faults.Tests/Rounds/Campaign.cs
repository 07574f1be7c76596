using System.Diagnostics;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>Round after round for as long as wanted, on a new platform every few rounds.</summary>
/// <param name="seed">What everything is drawn from.</param>
/// <param name="folder">Where the ledger and what explains violations is kept.</param>
internal sealed class Campaign(int seed, string folder)
{
    private const int RoundsOfAnEra = 8;
    private static readonly TimeSpan RoundDuration = TimeSpan.FromSeconds(30);

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
            await using var era = await Era.BeginAsync(eraSeed);
            do
            {
                await RunRoundAsync(era, ++round, seeds.Next(), cancellation);
            }
            while (round % RoundsOfAnEra != 0 && MoreAfter(round));
        }

        bool MoreAfter(int round) => clock.Elapsed < duration && round < mostRounds && !cancellation.IsCancellationRequested;
    }

    private async Task RunRoundAsync(Era era, int number, int roundSeed, CancellationToken cancellation)
    {
        Progress.Say($"round {number}, seed {roundSeed}");
        var result = await ResultAsync(era, roundSeed, cancellation);
        Ledger.Add(result);
        Progress.Say($"  {string.Join("; ", result.Faults)}");
        Progress.Say($"  {result.Kills} killed, {result.Acknowledged} saves, well after {result.Healed} s, all answered after {result.Answered} s, all in analytics after {result.Drained} s");
        if (result.Violations.Count > 0)
        {
            var evidence = Path.Combine(folder, $"seed-{roundSeed}");
            era.KeepEvidence(evidence);
            Progress.Say(ViolationReport.Of(result, Path.Combine(evidence, "history.jsonl")));
        }
    }

    // What the examiner could not bring to an end is no success either.
    private static async Task<RoundResult> ResultAsync(Era era, int roundSeed, CancellationToken cancellation)
    {
        try
        {
            return await new Round(era, roundSeed).RunAsync(RoundDuration, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or Npgsql.NpgsqlException or RabbitMQ.Client.Exceptions.RabbitMQClientException or Grpc.Core.RpcException)
        {
            return new RoundResult(roundSeed, [], new Dictionary<string, int>(), 0, 0, 0, 0, 0, 0, [$"The round did not come to its end: {e.GetType().Name}, {e.Message}"]);
        }
    }
}
