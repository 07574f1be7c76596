using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Records.Forms;

/// <summary>What a form's checks may need beside the form.</summary>
public sealed record FormContext
{
    /// <summary>Code of the participant, such as <c>01-0001</c>; empty for a form about a site.</summary>
    public required string Participant { get; init; }

    /// <summary>Code of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Where the form's data come from.</summary>
    public required DataOrigin Origin { get; init; }

    /// <summary>Today at the site (UTC+8).</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Fields that the sender left empty, and why.</summary>
    public IReadOnlyDictionary<string, MissingReason> Missing { get; init; } = new Dictionary<string, MissingReason>();

    /// <summary>What the platform knows of the participant; null before enrolment.</summary>
    public ParticipantFacts? Facts { get; init; }

    /// <summary>The participant's other records that count, for a form that is checked against them; otherwise empty.</summary>
    public IReadOnlyList<CurrentRecord> Others { get; init; } = [];

    /// <summary>Whether this is a new record rather than an amendment.</summary>
    public bool New { get; init; } = true;
}
