using System.Collections.Concurrent;
using System.Diagnostics;
using Equecel.Faults.Tests.Faults;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>Load, faults meanwhile, and a look at everything afterwards.</summary>
/// <param name="era">The platform and what uses it.</param>
/// <param name="seed">What the round's faults are drawn from.</param>
internal sealed class Round(Era era, int seed)
{
    private static readonly TimeSpan LongestFault = TimeSpan.FromMinutes(4);

    private readonly Random dice = new(seed);
    private readonly ConcurrentQueue<Fault> happened = new();
    private readonly ConcurrentQueue<string> missed = new();
    private readonly ConcurrentQueue<string> hindered = new();

    /// <summary>Runs faults drawn from the seed, up to three at a time.</summary>
    /// <param name="duration">How long new ones are drawn.</param>
    /// <param name="cancellation">Draws no more of them.</param>
    public Task<RoundResult> RunAsync(TimeSpan duration, CancellationToken cancellation) => RunAsync(async () =>
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration && !cancellation.IsCancellationRequested;)
        {
            var count = dice.Next(1, 4);
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => LetAsync(Fault.All[dice.Next(Fault.All.Count)], dice)));
            await Task.Delay(dice.Next(0, 800), CancellationToken.None);
        }
    });

    /// <summary>Runs certain faults, one after the other.</summary>
    public Task<RoundResult> RunAsync(params IReadOnlyList<Fault> faults) => RunAsync(() => LetAsync(faults, dice));

    /// <summary>Runs rows of certain faults side by side, those of a row one after the other.</summary>
    public Task<RoundResult> RunRowsAsync(params IReadOnlyList<IReadOnlyList<Fault>> rows) =>
        RunAsync(() => Task.WhenAll(rows.Select(row => LetAsync(row, new Random(dice.Next()))).ToList()));

    private async Task<RoundResult> RunAsync(Func<Task> disturb)
    {
        var platform = era.Platform;
        var load = era.Load;
        var (killsBefore, acknowledgedBefore, attemptsBefore) = (platform.Parts.Sum(part => part.Kills), load.History.AcknowledgedCount, Attempts());
        var failuresBefore = load.History.Failures.Count;
        load.Start(TimeSpan.FromMilliseconds(dice.Next(20, 120)));
        // Something has to be on its way before it can be disturbed.
        await Task.Delay(500);
        await disturb();

        var clock = Stopwatch.StartNew();
        await platform.HealAsync();
        var healed = clock.Elapsed;
        await load.StopWorkingAsync();
        var answered = clock.Elapsed;
        var failures = load.History.Failures.Skip(failuresBefore).ToList();
        var (violations, drained) = await era.Examination.RunAsync(dice);
        return new RoundResult(
            seed,
            [.. happened.Select(fault => fault.Name)],
            [.. missed],
            [.. hindered],
            happened.CountBy(fault => fault.Kind).ToDictionary(),
            platform.Parts.Sum(part => part.Kills) - killsBefore,
            load.History.AcknowledgedCount - acknowledgedBefore,
            Attempts() - attemptsBefore,
            failures.Count(failure => failure.IsPushedBack),
            failures.Where(failure => !failure.IsPushedBack).CountBy(failure => failure.Status).ToDictionary(),
            Seconds(healed),
            Seconds(answered),
            Seconds(answered + drained),
            violations);

        long Attempts() => load.History.Entries.Sum(entry => (long)entry.Attempts);
    }

    private async Task LetAsync(IReadOnlyList<Fault> faults, Random throws)
    {
        foreach (var fault in faults)
        {
            await LetAsync(fault, throws);
        }
    }

    private async Task LetAsync(Fault fault, Random throws)
    {
        if (fault.Hindrance is { } why)
        {
            hindered.Enqueue($"{fault.Name}: {why}");
            return;
        }

        era.Load.History.Note($"begins: {fault.Name}");
        // Two faults at once must not share dice: whose throw is whose would depend on the clock.
        var own = new Random(throws.Next());
        if (await fault.RunAsync(new FaultContext(era.Platform, era.Load, era.Examination, own)).WaitAsync(LongestFault))
        {
            happened.Enqueue(fault);
            era.Load.History.Note($"ends: {fault.Name}");
        }
        else
        {
            missed.Enqueue(fault.Name);
            era.Load.History.Note($"did not happen: {fault.Name}");
        }
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
}
