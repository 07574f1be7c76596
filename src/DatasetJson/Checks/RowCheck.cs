using Equecel.DatasetJson.Reading;

namespace Equecel.DatasetJson.Checks;

/// <summary>Checks the rows of a dataset, one after the other.</summary>
internal sealed class RowCheck
{
    private readonly IReadOnlyList<DatasetColumn> columns;
    private readonly FaultList faults;
    private readonly Dictionary<string, int> places = [];
    private readonly DatasetRules? rules;
    private readonly RowRule[] rowRules;
    private readonly string[] never;
    private readonly (string Name, string Date)[] days;
    private readonly string[]? parameters;
    private readonly string dataset;
    private readonly KeyCheck key;
    private readonly SubjectCheck subjects;
    private readonly ExportCheck? export;
    private long uncoded;

    /// <summary>Begins one, and checks that the dataset has the variables that it must have.</summary>
    /// <param name="columns">The columns of the file.</param>
    /// <param name="dataset">Name of the dataset.</param>
    /// <param name="origin">Where the file comes from.</param>
    /// <param name="faults">Takes the faults.</param>
    /// <param name="export">Takes what other files must agree about; null for none.</param>
    public RowCheck(IReadOnlyList<DatasetColumn> columns, string dataset, FileOrigin origin, FaultList faults, ExportCheck? export)
    {
        (this.columns, this.dataset, this.faults, this.export) = (columns, dataset, faults, export);
        export?.Begin(dataset, origin.IsOwn);
        foreach (var (i, column) in columns.Index())
        {
            places.TryAdd(column.Name, i);
        }

        rules = StandardRules.Find(dataset);
        rowRules = [.. (rules?.Rows ?? []).Concat(OwnRules.FindRows(origin)).Where(rule => rule.Variables.All(places.ContainsKey))];
        never = [.. (rules?.Required ?? []).Where(places.ContainsKey)];
        days = [.. places.Keys.Where(name => name.EndsWith("DY", StringComparison.Ordinal) && name.Length >= 3).Select(name => (name, $"{name[..^2]}DTC"))];
        parameters = OwnRules.FindParameters(origin, dataset);
        key = new KeyCheck(columns);
        subjects = new SubjectCheck(columns, rules);
        foreach (var name in (rules?.Required ?? []).Concat(rules?.Expected ?? []).Where(name => !places.ContainsKey(name)))
        {
            faults.Add("columns", $"there is no {name}", $"{dataset} must have it: add the column.");
        }
    }

    /// <summary>Checks the next row.</summary>
    /// <param name="row">It.</param>
    public void Check(DatasetRow row)
    {
        if (row.Cells is not { } cells)
        {
            faults.Add(row.Number, "", "is no array", "Give an array with a value for each column.");
            return;
        }

        if (cells.Count != columns.Count)
        {
            faults.Add(row.Number, "", $"has {cells.Count} values for {columns.Count} columns", "Give one value for each column, null where there is none.");
            return;
        }

        for (var i = 0; i < cells.Count; i++)
        {
            if (ValueChecks.Find(columns[i], cells[i]) is { } fault)
            {
                faults.Add(row.Number, columns[i].Name, fault.What, fault.Advice);
            }
        }

        var view = new RowView(places, cells);
        CheckValues(row.Number, view);
        foreach (var rule in rowRules)
        {
            if (!rule.Holds(view))
            {
                faults.Add(row.Number, rule.Variables[0], rule.What, rule.Advice);
            }
        }

        key.Check(row, faults);
        subjects.Check(row, view, faults);
        export?.Take(dataset, view);
    }

    /// <summary>Ends the check.</summary>
    /// <param name="rows">Reads the rows once more.</param>
    public void Finish(Func<IEnumerable<DatasetRow>> rows)
    {
        if (!key.IsSorted)
        {
            key.FindRepeated(rows(), faults);
        }

        if (uncoded > 0)
        {
            faults.Note("AEDECOD", $"is not there in {uncoded} rows", "Code the events in MedDRA before the dataset is submitted: it is required there.");
        }
    }

    private void CheckValues(long row, RowView view)
    {
        foreach (var name in never)
        {
            if (!view.Has(name))
            {
                faults.Add(row, name, "is not there", $"{dataset} needs it in every row.");
            }
        }

        foreach (var (name, date) in days)
        {
            if (view.Number(name) == 0)
            {
                faults.Add(row, name, "is 0", "There is no day 0: the day of the reference is 1, the day before it -1.");
            }

            if (view.Has(name) && places.ContainsKey(date) && view.Day(date) is null)
            {
                faults.Add(row, name, $"is there without a day in {date}", "Without the day of the month no study day can be counted: take it out.");
            }
        }

        foreach (var (name, values) in rules?.Values ?? new Dictionary<string, string[]>())
        {
            if (view.Text(name) is { } value && !values.Contains(value))
            {
                faults.Add(row, name, $"is {value}", $"Take one of: {string.Join(", ", values)}.");
            }
        }

        // A domain may be split into datasets whose names begin with its own.
        if (view.Text("DOMAIN") is { } domain && !dataset.StartsWith(domain, StringComparison.Ordinal))
        {
            faults.Add(row, "DOMAIN", $"is {domain}", $"It is that of {dataset} in every row.");
        }

        if (parameters is not null && view.Text("PARAMCD") is { } code && !parameters.Contains(code))
        {
            faults.Add(row, "PARAMCD", $"is {code}", $"Take one of: {string.Join(", ", parameters)}.");
        }

        if (view.Text("PARAMCD") is { Length: > 8 })
        {
            faults.Add(row, "PARAMCD", "has more than 8 characters", "Shorten the code.");
        }

        if (rules is not null && places.ContainsKey("AEDECOD") && !view.Has("AEDECOD"))
        {
            uncoded++;
        }
    }
}
