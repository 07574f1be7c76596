namespace Equecel.DatasetJson.Checks;

/// <summary>What was found in the datasets of an export together.</summary>
/// <param name="Datasets">Their names, in order.</param>
/// <param name="SubjectCount">Subjects that any of them has.</param>
/// <param name="Faults">Where they do not agree, and what is only to be asked about; of many of one kind the first.</param>
/// <param name="FurtherCount">Faults and notes beyond these.</param>
public sealed record ExportReport(IReadOnlyList<string> Datasets, int SubjectCount, IReadOnlyList<DatasetFault> Faults, long FurtherCount)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Faults.All(fault => fault.IsNote);
}
