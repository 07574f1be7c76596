namespace Equecel.Questionnaire.Eq5d;

/// <summary>What the people of a country think a health state is worth: 1 for full health, below 0 for worse than death.</summary>
internal sealed class ValueSet
{
    private readonly decimal[][] decrements;
    private readonly decimal anyProblem;
    private readonly decimal anyAtLevel3;

    private ValueSet(string name, decimal[][] decrements, decimal anyProblem = 0, decimal anyAtLevel3 = 0)
    {
        Name = name;
        this.decrements = decrements;
        this.anyProblem = anyProblem;
        this.anyAtLevel3 = anyAtLevel3;
    }

    /// <summary>EQ-5D-5L for China.</summary>
    /// <remarks>Source: Luo et al., Value Health 2017;20:662-669. Sums of decrements without a constant.</remarks>
    public static ValueSet China5L { get; } = new(
        "EQ-5D-5L China, Luo 2017",
        [
            [0.066m, 0.158m, 0.287m, 0.345m],
            [0.048m, 0.116m, 0.210m, 0.253m],
            [0.045m, 0.107m, 0.194m, 0.233m],
            [0.058m, 0.138m, 0.252m, 0.302m],
            [0.049m, 0.118m, 0.215m, 0.258m],
        ]);

    /// <summary>EQ-5D-3L for China.</summary>
    /// <remarks>Source: Liu et al., Value Health 2014;17:597-604. The constant and N3 are each taken off once.</remarks>
    public static ValueSet China3L { get; } = new(
        "EQ-5D-3L China, Liu 2014",
        [
            [0.099m, 0.246m],
            [0.105m, 0.208m],
            [0.074m, 0.193m],
            [0.092m, 0.236m],
            [0.086m, 0.205m],
        ],
        anyProblem: 0.039m,
        anyAtLevel3: 0.022m);

    /// <summary>Its name, which goes with every index.</summary>
    public string Name { get; }

    /// <summary>The index of a state, exact to three decimals.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">A level is one that the instrument does not have.</exception>
    public decimal IndexOf(HealthState state)
    {
        if (state.Levels.Zip(decrements).Any(pair => pair.First < 1 || pair.First > pair.Second.Length + 1))
        {
            throw new ArgumentOutOfRangeException(nameof(state), $"{state} is no state of {Name}.");
        }

        var index = 1 - state.Levels.Zip(decrements).Sum(pair => pair.First == 1 ? 0 : pair.Second[pair.First - 2]);
        index -= state.Levels.Any(level => level > 1) ? anyProblem : 0;
        return index - (state.Levels.Contains(3) ? anyAtLevel3 : 0);
    }
}
