namespace Equecel.DatasetJson;

/// <summary>Everything that stands in a file before its rows.</summary>
public sealed record DatasetHeader
{
    /// <summary>When the file was made.</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When the data was last changed, not after <see cref="CreationTime"/>; null when there is none.</summary>
    public DateTimeOffset? ModificationTime { get; init; }

    /// <summary>Names the file.</summary>
    public required string FileOid { get; init; }

    /// <summary>Who made it.</summary>
    public required string Originator { get; init; }

    /// <summary>Name of the system that the data comes from.</summary>
    public required string SystemName { get; init; }

    /// <summary>Version of that system.</summary>
    public required string SystemVersion { get; init; }

    /// <summary>Names the study.</summary>
    public required string StudyOid { get; init; }

    /// <summary>Names the version of the description of the data.</summary>
    public required string MetaDataVersionOid { get; init; }

    /// <summary>Number of rows.</summary>
    public required long RowCount { get; init; }

    /// <summary>Name of the dataset, such as <c>ADSL</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, at most 40 characters.</summary>
    public required string Label { get; init; }

    /// <summary>Its columns, in their order.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }
}
