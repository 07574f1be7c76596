using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>Something that was given.</summary>
/// <param name="Subject">The participant.</param>
internal sealed record ExposureRow(DatasetSubject Subject) : IDatasetRow
{
    /// <summary>Number of the row among the participant's, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The infusion; null for lymphodepletion.</summary>
    public Infusion? Infusion { get; init; }

    /// <summary>What was given.</summary>
    public required string Treatment { get; init; }

    /// <summary>What for.</summary>
    public required string Category { get; init; }

    /// <summary>Dose in <see cref="DoseUnit"/>; null when not known.</summary>
    public decimal? Dose { get; init; }

    /// <summary>Unit of the dose.</summary>
    public required string DoseUnit { get; init; }

    /// <summary>Why less was given than is usual; null when it was not, or that is not told.</summary>
    public string? Adjustment { get; init; }

    /// <summary>When it began.</summary>
    public string? Start { get; init; }

    /// <summary>When it ended.</summary>
    public string? End { get; init; }

    /// <summary>Day on which it began.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Day on which it ended.</summary>
    public DateOnly? LastDay { get; init; }
}
