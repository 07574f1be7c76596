namespace Equecel.DatasetJson.Checks;

/// <summary>Computes scores of questionnaires from the answers of QS, apart from the service that computed those of ADQS: a fault of one is not the other's.</summary>
/// <remarks>
/// Sources: Fayers et al., EORTC QLQ-C30 Scoring Manual, 3rd edition, 2001; Giesinger et al., J Clin Epidemiol 2016;69:79-88 (summary);
/// Luo et al., Value Health 2017;20:662-669, and Liu et al., Value Health 2014;17:597-604 (indices of China).
/// </remarks>
internal static class ScoreRules
{
    private const int LowestAnswer = 1;

    // In the order of their codes. A function is good where the answers are low.
    private static readonly (string Code, bool IsFunction, int Range, int[] Items)[] Scales =
    [
        ("EOR0131", false, 6, [29, 30]),
        ("EOR0132", true, 3, [1, 2, 3, 4, 5]),
        ("EOR0133", true, 3, [6, 7]),
        ("EOR0134", true, 3, [21, 22, 23, 24]),
        ("EOR0135", true, 3, [20, 25]),
        ("EOR0136", true, 3, [26, 27]),
        ("EOR0137", false, 3, [10, 12, 18]),
        ("EOR0138", false, 3, [14, 15]),
        ("EOR0139", false, 3, [9, 19]),
        ("EOR0140", false, 3, [8]),
        ("EOR0141", false, 3, [11]),
        ("EOR0142", false, 3, [13]),
        ("EOR0143", false, 3, [16]),
        ("EOR0144", false, 3, [17]),
        ("EOR0145", false, 3, [28]),
    ];

    // Thousandths that the levels from 2 on take off: mobility, self-care, usual activities, pain, anxiety.
    private static readonly int[][] FiveLevels = [[66, 158, 287, 345], [48, 116, 210, 253], [45, 107, 194, 233], [58, 138, 252, 302], [49, 118, 215, 258]];
    private static readonly int[][] ThreeLevels = [[99, 246], [105, 208], [74, 193], [92, 236], [86, 205]];

    /// <summary>Computes all that the answers to one questionnaire give.</summary>
    /// <param name="answers">Answers by the code of their item; null where there is none.</param>
    /// <returns>Scores by the code of their parameter; what cannot be computed is left out.</returns>
    public static IEnumerable<(string Code, decimal Score)> Compute(IReadOnlyDictionary<string, int?> answers)
    {
        var scales = Scales.Select(scale => (scale.Code, scale.IsFunction, Score: Scale(scale.Range, scale.IsFunction, Given("EOR01", scale.Items)))).ToList();
        var parts = scales.Where(scale => scale.Code is not ("EOR0131" or "EOR0145")).Select(scale => scale.IsFunction ? scale.Score : 100 - scale.Score).ToList();
        List<(string Code, decimal? Score)> scores =
        [
            .. scales.Select(scale => (scale.Code, scale.Score)),
            ("EORSUM", parts.TrueForAll(part => part is not null) ? parts.Average() : null),
            ("EQ5D02IX", Index(FiveLevels, Given("EQ5D02", [1, 2, 3, 4, 5]), anyProblem: 0, anyAtLevel3: 0)),
            ("EQ5D0206", answers.GetValueOrDefault("EQ5D0206")),
            ("EQ5D01IX", Index(ThreeLevels, Given("EQ5D01", [1, 2, 3, 4, 5]), anyProblem: 39, anyAtLevel3: 22)),
            ("EQ5D0106", answers.GetValueOrDefault("EQ5D0106")),
        ];
        return scores.Where(score => score.Score is not null).Select(score => (score.Code, score.Score!.Value));

        List<int?> Given(string prefix, int[] items) => [.. items.Select(item => answers.GetValueOrDefault($"{prefix}{item:00}"))];
    }

    // At least half of the items must be answered; the mean of these counts.
    private static decimal? Scale(int range, bool isFunction, List<int?> items)
    {
        var given = items.OfType<int>().ToList();
        if (given.Count * 2 < items.Count)
        {
            return null;
        }

        var share = (((decimal)given.Sum() / given.Count) - LowestAnswer) / range;
        return 100 * (isFunction ? 1 - share : share);
    }

    private static decimal? Index(int[][] decrements, List<int?> levels, int anyProblem, int anyAtLevel3)
    {
        if (levels.Exists(level => level is null || level < LowestAnswer || level > decrements[0].Length + 1))
        {
            return null;
        }

        var lost = levels.Zip(decrements, (level, dimension) => level == LowestAnswer ? 0 : dimension[level!.Value - 2]).Sum();
        lost += levels.Exists(level => level > LowestAnswer) ? anyProblem : 0;
        lost += levels.Contains(3) ? anyAtLevel3 : 0;
        return 1 - (lost / 1000m);
    }
}
