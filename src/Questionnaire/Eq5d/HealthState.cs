namespace Equecel.Questionnaire.Eq5d;

/// <summary>A health state of the EQ-5D: the levels of MO, SC, UA, PD and AD, in this order.</summary>
/// <param name="Levels">The five levels, from 1.</param>
internal readonly record struct HealthState(IReadOnlyList<int> Levels)
{
    private const int Dimensions = 5;

    /// <summary>The state that answers make; null unless all five dimensions were answered.</summary>
    /// <param name="answers">Levels by number of the dimension.</param>
    public static HealthState? Find(IReadOnlyDictionary<int, int> answers) =>
        Enumerable.Range(1, Dimensions).All(answers.ContainsKey) ? new HealthState([.. Enumerable.Range(1, Dimensions).Select(dimension => answers[dimension])]) : null;

    /// <summary>Five digits, such as <c>21231</c>.</summary>
    public override string ToString() => string.Concat(Levels);
}
