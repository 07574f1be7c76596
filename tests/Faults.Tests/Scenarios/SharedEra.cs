using Equecel.Faults.Tests.Faults;
using Equecel.Faults.Tests.Rounds;
using Xunit.Abstractions;

namespace Equecel.Faults.Tests.Scenarios;

/// <summary>One platform for all short scenarios: what one has left behind, the next has to live with.</summary>
public sealed class SharedEra : IAsyncLifetime
{
    private int rounds;

    internal Era Era { get; private set; } = null!;

    private int Seed { get; } = Random.Shared.Next();

    public async Task InitializeAsync() => Era = await Era.BeginAsync(Seed);

    public async Task DisposeAsync() => await Era.DisposeAsync();

    /// <summary>Runs a round of certain faults, and fails when one did not happen that could, or a promise was broken.</summary>
    internal Task<RoundResult> PassAllAsync(ITestOutputHelper output, params IReadOnlyList<Fault> faults) => PassRowsAsync(output, faults);

    /// <summary>The same with rows of faults, side by side.</summary>
    internal async Task<RoundResult> PassRowsAsync(ITestOutputHelper output, params IReadOnlyList<IReadOnlyList<Fault>> rows)
    {
        var result = await PassAsync(output, round => round.RunRowsAsync(rows));
        Assert.Empty(result.Missed);
        Assert.Equal(rows.Sum(row => row.Count), result.Faults.Count + result.Hindered.Count);
        return result;
    }

    /// <summary>Runs a round and fails when a promise was broken.</summary>
    internal async Task<RoundResult> PassAsync(ITestOutputHelper output, Func<Round, Task<RoundResult>> run)
    {
        var seed = Seed + ++rounds;
        output.WriteLine($"seeds: platform {Seed}, round {seed}");
        var result = await run(new Round(Era, seed));
        output.WriteLine($"{result.Kills} killed, {result.Acknowledged} saves in {result.Attempts} attempts, all in analytics after {result.Drained} s: {string.Join("; ", result.Faults)}");
        output.WriteLine($"did not happen: {string.Join("; ", result.Missed.Concat(result.Hindered))}");
        if (result.Violations.Count > 0)
        {
            var evidence = Path.Combine(Path.GetTempPath(), $"equecel-faults-evidence-{seed}");
            Era.KeepEvidence(evidence);
            Assert.Fail(ViolationReport.Of(result, Path.Combine(evidence, "history.jsonl")));
        }

        return result;
    }
}

[CollectionDefinition(Name)]
public sealed class SharedEraDefinition : ICollectionFixture<SharedEra>
{
    public const string Name = "An era";
}
