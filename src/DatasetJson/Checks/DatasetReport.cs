namespace Equecel.DatasetJson.Checks;

/// <summary>What was found in a file.</summary>
/// <param name="Dataset">Name of the dataset; empty when the file does not tell.</param>
/// <param name="Carrier">How it lies in the file; null when that could not be told.</param>
/// <param name="RowCount">Rows that were read.</param>
/// <param name="Faults">What is wrong, and what is only advised against, in the order of the file; of many of one kind the first.</param>
/// <param name="FurtherCount">Faults and notes beyond these.</param>
public sealed record DatasetReport(string Dataset, DatasetCarrier? Carrier, long RowCount, IReadOnlyList<DatasetFault> Faults, long FurtherCount)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Faults.All(fault => fault.IsNote);
}
