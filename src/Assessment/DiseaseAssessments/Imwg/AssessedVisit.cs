namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>One assessment, as far as the response depends on it.</summary>
internal sealed record AssessedVisit
{
    /// <summary>Its record.</summary>
    public required string RecordId { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What was measured.</summary>
    public required VisitValues Values { get; init; }

    /// <summary>Dates of samples that were not taken on <see cref="Date"/>.</summary>
    public IReadOnlyDictionary<Sample, DateOnly> SampleDates { get; init; } = new Dictionary<Sample, DateOnly>();

    /// <summary>The plasmacytomas; null without imaging.</summary>
    public IReadOnlyList<Lesion>? Lesions { get; init; }

    /// <summary>Whether the physician holds the serum M-protein to be spurious.</summary>
    public bool IsSerumSpurious { get; init; }

    /// <summary>Whether the physician holds the urine M-protein to be spurious.</summary>
    public bool IsUrineSpurious { get; init; }

    /// <summary>Whether the physician holds the light chains to be spurious.</summary>
    public bool AreLightChainsSpurious { get; init; }

    /// <summary>What the investigator said; null when nothing.</summary>
    public ResponseLevel? Investigator { get; init; }

    /// <summary>Whether it belongs to a visit before the infusion, and so has no response.</summary>
    public bool IsBeforeInfusion { get; init; }

    /// <summary>Puts two assessments of one day into an order that does not depend on which came first.</summary>
    public string Tie { get; init; } = "";

    /// <summary>When a sample was taken.</summary>
    /// <param name="sample">The sample.</param>
    public DateOnly DateOf(Sample sample) => SampleDates.TryGetValue(sample, out var date) ? date : Date;
}
