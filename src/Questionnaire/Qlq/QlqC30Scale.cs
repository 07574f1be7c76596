using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Qlq;

/// <summary>A scale of the QLQ-C30.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="IsReversed">Whether a high answer is a low score, as in the functional scales.</param>
/// <param name="Range">Highest less lowest possible answer to an item.</param>
/// <param name="Items">Numbers of its items.</param>
/// <remarks>Source: Fayers et al., EORTC QLQ-C30 Scoring Manual, 3rd edition, 2001.</remarks>
internal sealed record QlqC30Scale(Scale Name, bool IsReversed, int Range, IReadOnlyList<int> Items)
{
    /// <summary>Every scale of version 3.0. Each item belongs to one.</summary>
    public static IReadOnlyList<QlqC30Scale> All { get; } =
    [
        new(Scale.Ql2, IsReversed: false, Range: 6, [29, 30]),
        Functional(Scale.Pf2, 1, 2, 3, 4, 5),
        Functional(Scale.Rf2, 6, 7),
        Functional(Scale.Ef, 21, 22, 23, 24),
        Functional(Scale.Cf, 20, 25),
        Functional(Scale.Sf, 26, 27),
        Symptom(Scale.Fa, 10, 12, 18),
        Symptom(Scale.Nv, 14, 15),
        Symptom(Scale.Pa, 9, 19),
        Symptom(Scale.Dy, 8),
        Symptom(Scale.Sl, 11),
        Symptom(Scale.Ap, 13),
        Symptom(Scale.Co, 16),
        Symptom(Scale.Di, 17),
        Symptom(Scale.Fi, 28),
    ];

    private static QlqC30Scale Functional(Scale name, params int[] items) => new(name, IsReversed: true, Range: 3, items);

    private static QlqC30Scale Symptom(Scale name, params int[] items) => new(name, IsReversed: false, Range: 3, items);
}
