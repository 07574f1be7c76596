using Equecel.Enrolment.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Records.Forms;

/// <summary>A kind of record that nobody sends: the service derives it from a participant's other records.</summary>
internal sealed class Derivation
{
    /// <summary>Name of the kind: the form's field in the record.</summary>
    public required string Kind { get; init; }

    /// <summary>The form's field in the record.</summary>
    public required FieldDescriptor RecordField { get; init; }

    /// <summary>Name and version of the rules. Other rules derive everything anew.</summary>
    public required string RuleSet { get; init; }

    /// <summary>Derives from what is known of a participant and from the records that were sent.</summary>
    public required Func<ParticipantFacts, IReadOnlyList<CurrentRecord>, IEnumerable<DerivedForm>> Derive { get; init; }

    /// <summary>Kinds of records whose changes matter; none when all do.</summary>
    public required IReadOnlyCollection<string> From { get; init; }

    /// <summary>Kind of record of which all versions are needed; null when the latest ones do.</summary>
    public required string? HistoryOf { get; init; }

    /// <summary>Whether a change of a record of a kind can change what is derived.</summary>
    public bool Follows(string kind) => From.Count == 0 || From.Contains(kind);

    /// <summary>Name of its place in the journal.</summary>
    public string Position => $"{Kind} {RuleSet}";

    /// <summary>Of each source there is one.</summary>
    public string NaturalKey(string sourceRecordId) => $"{Kind} of {sourceRecordId}";
}
