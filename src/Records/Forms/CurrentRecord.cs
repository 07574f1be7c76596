using Equecel.Common.V1;
using Google.Protobuf;

namespace Equecel.Records.Forms;

/// <summary>The latest version of a participant's record that counts, for checks and derivations that look beyond one form.</summary>
/// <param name="RecordId">UUID of the record.</param>
/// <param name="Form">What it says.</param>
/// <param name="Missing">Fields that were left empty, and why.</param>
public sealed record CurrentRecord(string RecordId, IMessage Form, IReadOnlyDictionary<string, MissingReason> Missing)
{
    /// <summary>Where its data come from.</summary>
    public DataOrigin Origin { get; init; }

    /// <summary>All its versions, oldest first, for a derivation from the history of this kind; otherwise empty.</summary>
    public IReadOnlyList<SavedVersion> Versions { get; init; } = [];
}
