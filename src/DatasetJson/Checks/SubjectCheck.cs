using System.Globalization;
using Equecel.DatasetJson.Reading;

namespace Equecel.DatasetJson.Checks;

/// <summary>Checks what rows must be to each other: of one subject, and values that go together in the whole dataset.</summary>
/// <param name="columns">The columns of the file.</param>
/// <param name="rules">What the standards ask; null when the dataset is not known.</param>
internal sealed class SubjectCheck(IReadOnlyList<DatasetColumn> columns, DatasetRules? rules)
{
    // More of them are no parameters or visits, and would fill the memory.
    private const int MostTogether = 10_000;

    private readonly (string Code, string Name)[] pairs =
    [
        .. new[] { ("PARAMCD", "PARAM"), ("AVISITN", "AVISIT"), ("VISITNUM", "VISIT") }
            .Concat(columns.Where(column => column.Name.EndsWith("TESTCD", StringComparison.Ordinal)).Select(column => (column.Name, column.Name[..^2])))
            .Where(pair => columns.Any(column => column.Name == pair.Item1) && columns.Any(column => column.Name == pair.Item2)),
    ];

    private readonly string? number = columns.Select(column => column.Name).FirstOrDefault(name => name == "ASEQ")
        ?? columns.Select(column => column.Name).FirstOrDefault(name => name.Length == 5 && name.EndsWith("SEQ", StringComparison.Ordinal));

    private readonly Dictionary<(string Name, string Value), string> together = [];
    private readonly HashSet<string> numbers = [];
    private readonly HashSet<string> baselines = [];
    private string? subject;

    /// <summary>Checks the next row.</summary>
    /// <param name="row">It.</param>
    /// <param name="view">The same by names.</param>
    /// <param name="faults">Takes the faults.</param>
    public void Check(DatasetRow row, RowView view, FaultList faults)
    {
        foreach (var (code, name) in pairs)
        {
            CheckTogether(row.Number, view, code, name, faults);
            CheckTogether(row.Number, view, name, code, faults);
        }

        if (view.Text("USUBJID") is not { } now)
        {
            return;
        }

        if (now != subject)
        {
            subject = now;
            numbers.Clear();
            baselines.Clear();
        }
        else if (rules is { IsOneRowASubject: true })
        {
            faults.Add(row.Number, "USUBJID", $"is {now} once more", "A subject has one row: take the repetition out.");
        }

        if (number is not null && view.Text(number) is { } counted && !numbers.Add(counted))
        {
            faults.Add(row.Number, number, $"is {counted} twice for {now}", "Number the rows of a subject 1, 2, 3, each once.");
        }

        if (view.IsYes("ABLFL") && !baselines.Add(view.Text("PARAMCD") ?? ""))
        {
            faults.Add(row.Number, "ABLFL", $"is Y twice for {now} and {view.Text("PARAMCD")}", "A subject has one baseline of a parameter.");
        }
    }

    private void CheckTogether(long row, RowView view, string of, string other, FaultList faults)
    {
        if (Value(view, of) is not { } value || view.Text(other) is not { } meant || together.Count >= MostTogether)
        {
            return;
        }

        if (together.TryGetValue((of, value), out var before))
        {
            if (Value(view, other) != before)
            {
                faults.Add(row, of, $"is {value} with {other} {meant}, and with {before} in an earlier row", $"{of} and {other} go together one to one.");
            }
        }
        else
        {
            together.Add((of, value), Value(view, other)!);
        }
    }

    // 4 and 4.0 are the same visit.
    private static string? Value(RowView view, string name) =>
        view.Number(name) is { } number ? (number / 1.0000000000m).ToString("G29", CultureInfo.InvariantCulture) : view.Text(name);
}
