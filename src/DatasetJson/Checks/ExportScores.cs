namespace Equecel.DatasetJson.Checks;

/// <summary>The scores of one subject as ADQS has them, and as the answers of QS give them: of the questionnaires of each day one sum that tells whether all are the same.</summary>
internal sealed class ExportScores
{
    // Both sides divide by 3 and by 13, and round at other places.
    private const int Places = 6;

    // That of the EQ VAS.
    private const int HighestAnswer = 100;

    private readonly Dictionary<(string Instrument, DateOnly Day), long> analysed = [];
    private readonly Dictionary<(string Instrument, DateOnly Day), long> computed = [];
    private readonly HashSet<(string Instrument, DateOnly Day)> unclear = [];
    private readonly Dictionary<(string Instrument, DateOnly Day, string Visit), Dictionary<string, int?>> open = [];

    /// <summary>
    /// Whether the scores of ADQS are those that the answers give, of every day on which QS has the questionnaire and any score of it is
    /// there: one of a version that has other scales has none.
    /// </summary>
    public bool Agree => computed.All(one => !analysed.TryGetValue(one.Key, out var sum) || sum == one.Value || unclear.Contains(one.Key));

    /// <summary>Takes a row of ADQS.</summary>
    /// <param name="row">The row.</param>
    public void TakeScore(RowView row)
    {
        if (row.Text("PARCAT1") is { } instrument && row.Day("ADT") is { } day && row.Text("PARAMCD") is { } code && row.Number("AVAL") is { } value)
        {
            Add(analysed, (instrument, day), code, value);
        }
    }

    /// <summary>Takes a row of QS.</summary>
    /// <param name="row">The row.</param>
    public void TakeAnswer(RowView row)
    {
        if (row.Text("QSCAT") is not { } instrument || row.Day("QSDTC") is not { } day || row.Text("QSTESTCD") is not { } code)
        {
            return;
        }

        var questionnaire = (instrument, day, row.Text("VISITNUM") ?? "");
        if (!open.TryGetValue(questionnaire, out var answers))
        {
            open.Add(questionnaire, answers = []);
        }

        // Two of one day and visit cannot be told apart.
        if (!answers.TryAdd(code, row.Number("QSSTRESN") is { } answer and >= 0 and <= HighestAnswer ? (int)answer : null))
        {
            unclear.Add((instrument, day));
        }
    }

    /// <summary>Computes the scores of what was taken of QS, and lets the answers go.</summary>
    public void Close()
    {
        foreach (var ((instrument, day, _), answers) in open)
        {
            computed.TryAdd((instrument, day), 0);
            foreach (var (code, score) in ScoreRules.Compute(answers))
            {
                Add(computed, (instrument, day), code, score);
            }
        }

        open.Clear();
    }

    private static void Add(Dictionary<(string Instrument, DateOnly Day), long> sums, (string Instrument, DateOnly Day) day, string code, decimal value) =>
        sums[day] = sums.GetValueOrDefault(day) + HashCode.Combine(code, Math.Round(value, Places));
}
