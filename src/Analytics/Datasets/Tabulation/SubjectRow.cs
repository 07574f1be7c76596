namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>A row about a participant as a whole.</summary>
/// <param name="Subject">The participant.</param>
internal sealed record SubjectRow(DatasetSubject Subject) : IDatasetRow;
