namespace Equecel.DatasetJson.Checks;

/// <summary>What the analysis datasets tell of one subject in every row, as far as whether it is the same.</summary>
internal sealed class ExportProfile
{
    private const string Subjects = "ADSL";

    // One in each dataset; more are wrong, and would fill the memory.
    private const int Most = 20;

    private static readonly string[] Variables = ["SUBJID", "SITEID", "AGE", "AGEU", "SEX", "TRT01P", "TRT01A", "TRTSDT", "SAFFL", "FASFL", "DATAORIG"];

    private readonly HashSet<(string Dataset, int Values)> told = [];

    /// <summary>The datasets that tell it besides ADSL.</summary>
    public static IReadOnlyList<string> Datasets { get; } = ["ADAE", "ADQS", "ADRS", "ADTTE"];

    /// <summary>Whether every row of a dataset tells the same as ADSL.</summary>
    /// <param name="dataset">Its name.</param>
    public bool IsSameIn(string dataset)
    {
        var right = told.Where(one => one.Dataset == Subjects).Select(one => one.Values).ToList();
        return told.All(one => one.Dataset != dataset || right.Contains(one.Values));
    }

    /// <summary>Takes what a row says.</summary>
    /// <param name="dataset">Its dataset.</param>
    /// <param name="row">The row.</param>
    public void Take(string dataset, RowView row)
    {
        if ((dataset == Subjects || Datasets.Contains(dataset)) && told.Count < Most)
        {
            var values = new HashCode();
            foreach (var name in Variables)
            {
                values.Add(row.Text(name));
            }

            told.Add((dataset, values.ToHashCode()));
        }
    }
}
