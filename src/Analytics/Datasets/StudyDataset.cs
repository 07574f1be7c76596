using Equecel.DatasetJson;

namespace Equecel.Analytics.Datasets;

/// <summary>A dataset: its columns, and the rows that a participant has in it.</summary>
internal abstract class StudyDataset
{
    /// <summary>Its name in the contract.</summary>
    public abstract V1.Dataset Dataset { get; }

    /// <summary>Its name in the standard, such as <c>ADSL</c>.</summary>
    public string Name => $"{Dataset}".ToUpperInvariant();

    /// <summary>What it is, at most 40 characters.</summary>
    public abstract string Label { get; }

    /// <summary>How it is derived, and what was chosen where the standard leaves it open.</summary>
    public abstract string Method { get; }

    /// <summary>Its columns, in their order.</summary>
    public abstract IReadOnlyList<DatasetColumn> Columns { get; }

    /// <summary>A participant's rows, a value for each column, in order of the key.</summary>
    /// <param name="subject">The participant.</param>
    public abstract IEnumerable<IReadOnlyList<object?>> Rows(DatasetSubject subject);

    /// <summary>What keeps the dataset from being ready to submit; null when nothing does.</summary>
    /// <param name="row">One of its rows.</param>
    public virtual string? Lacking(IReadOnlyList<object?> row) => null;
}
