namespace Equecel.DatasetJson.Checks;

/// <summary>
/// Checks what the datasets of one export must be to each other: give it to <see cref="DatasetCheck.Run"/> with each file, then finish it.
/// It keeps what must agree of each subject, some kilobytes.
/// </summary>
public sealed class ExportCheck
{
    private readonly SortedDictionary<string, ExportSubject> subjects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, bool> datasets = new(StringComparer.Ordinal);
    private ExportSubject? current;

    /// <summary>Ends the check.</summary>
    public ExportReport Finish()
    {
        current?.Scores.Close();
        var faults = new FaultList();
        CheckPresence("DM", faults);
        CheckPresence("ADSL", faults);
        CheckCounts(faults);
        var rules = ExportRule.All.Where(rule => rule.Datasets.All(name => datasets.TryGetValue(name, out var isOwn) && (isOwn || !rule.IsOwn))).ToList();
        foreach (var (name, subject) in subjects)
        {
            foreach (var rule in rules.Where(rule => subject.Datasets.Contains(rule.Datasets[0]) && !rule.Holds(subject)))
            {
                var (where, what) = ($"{rule.Datasets[0]}, {rule.Variable}", $"{rule.What}, for {name}");
                if (rule.IsNote)
                {
                    faults.Note(where, what, rule.Advice);
                }
                else
                {
                    faults.Add(where, what, rule.Advice);
                }
            }
        }

        return new ExportReport([.. datasets.Keys], subjects.Count, faults.Faults, faults.FurtherCount);
    }

    /// <summary>Begins a dataset.</summary>
    /// <param name="dataset">Its name.</param>
    /// <param name="isOwn">Whether this platform made it.</param>
    internal void Begin(string dataset, bool isOwn) => datasets[dataset] = isOwn;

    /// <summary>Takes what a row says.</summary>
    /// <param name="dataset">Its dataset.</param>
    /// <param name="row">The row.</param>
    internal void Take(string dataset, RowView row)
    {
        if (row.Text("USUBJID") is not { } name)
        {
            return;
        }

        if (!subjects.TryGetValue(name, out var subject))
        {
            subjects.Add(name, subject = new ExportSubject());
        }

        // The rows of a subject follow one another.
        if (subject != current)
        {
            current?.Scores.Close();
            current = subject;
        }

        subject.Take(dataset, row);
    }

    private void CheckCounts(FaultList faults)
    {
        var (enrolled, infused) = (subjects.Values.Count(subject => subject.Populations.Contains("ENRLFL")), subjects.Values.Count(subject => subject.Populations.Contains("SAFFL")));
        if (enrolled > 0 && infused > enrolled)
        {
            faults.Note("ADSL, ENRLFL", $"is Y for {enrolled} subjects, and SAFFL for {infused}", "Who was infused was enrolled before: ask the sites for the enrolments that are not there.");
        }
    }

    private void CheckPresence(string everybody, FaultList faults)
    {
        if (datasets.ContainsKey(everybody))
        {
            foreach (var (name, subject) in subjects.Where(one => !one.Value.Datasets.Contains(everybody)))
            {
                faults.Add(everybody, $"has no row of {name}, who is in {string.Join(", ", subject.Datasets)}", "Every subject of any dataset is in it: export all anew, of one moment of the data.");
            }
        }
    }
}
