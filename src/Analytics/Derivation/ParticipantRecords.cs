using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Derivation;

/// <summary>What is known of one infused participant, in any order; the input of the endpoints.</summary>
internal sealed record ParticipantRecords
{
    /// <summary>Date of the first infusion: the origin of all times.</summary>
    public required DateOnly InfusionDate { get; init; }

    /// <summary>Date of death, perhaps without its day; null while alive or not known to be dead.</summary>
    public PartialDate? Death { get; init; }

    /// <summary>Dates on which something proves life: visits, samples, imaging, doses, telephone. Assessments need not be repeated.</summary>
    public IReadOnlyList<DateOnly> Contacts { get; init; } = [];

    /// <summary>
    /// Starts of systemic anti-myeloma therapy, a second CAR-T, a transplant, or radiotherapy for progression. Those before the
    /// infusion are bridging and do not count.
    /// </summary>
    public IReadOnlyList<DateOnly> NewTherapies { get; init; } = [];

    /// <summary>All assessments of the disease.</summary>
    public IReadOnlyList<ResponseAssessment> Assessments { get; init; } = [];
}
