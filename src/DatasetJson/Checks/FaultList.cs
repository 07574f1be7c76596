namespace Equecel.DatasetJson.Checks;

/// <summary>Gathers faults. Of many of one kind in one place it keeps the first and counts the rest, so that a million bad rows fill no memory.</summary>
internal sealed class FaultList
{
    private const int KeptOfOneKind = 5;

    private readonly List<DatasetFault> faults = [];
    private readonly Dictionary<(string Column, string Advice), long> counts = [];

    /// <summary>What was kept, in the order in which it was found.</summary>
    public IReadOnlyList<DatasetFault> Faults => faults;

    /// <summary>How many were found and not kept.</summary>
    public long FurtherCount { get; private set; }

    /// <summary>Adds one about the file as a whole or what it says of itself.</summary>
    /// <param name="where">Where it is.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="advice">What to do.</param>
    public void Add(string where, string what, string advice) => Keep(where, new DatasetFault(where, what, advice));

    /// <summary>Adds one about a row.</summary>
    /// <param name="row">Number of the row.</param>
    /// <param name="column">Name of the column; empty for the row as a whole.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="advice">What to do.</param>
    public void Add(long row, string column, string what, string advice) =>
        Keep(column, new DatasetFault(column.Length == 0 ? $"row {row}" : $"row {row}, {column}", what, advice));

    /// <summary>Adds what is only advised against.</summary>
    /// <param name="where">Where it is.</param>
    /// <param name="what">What it is.</param>
    /// <param name="advice">What to do.</param>
    public void Note(string where, string what, string advice) => Keep(where, new DatasetFault(where, what, advice, IsNote: true));

    private void Keep(string column, DatasetFault fault)
    {
        var count = counts[(column, fault.Advice)] = counts.GetValueOrDefault((column, fault.Advice)) + 1;
        if (count <= KeptOfOneKind)
        {
            faults.Add(fault);
        }
        else
        {
            FurtherCount++;
        }
    }
}
