namespace Equecel.Analytics.Datasets;

/// <summary>What a row of a dataset is about.</summary>
internal interface IDatasetRow
{
    /// <summary>The participant.</summary>
    DatasetSubject Subject { get; }
}
