using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Records.Forms;

/// <summary>What a service derives from a participant's records about one of them.</summary>
/// <param name="SourceRecordId">UUID of the record that it is about. There is one derived record of a kind for each.</param>
/// <param name="Form">What is derived.</param>
/// <param name="Findings">Questions that are open about the source; queries only.</param>
public sealed record DerivedForm(string SourceRecordId, IMessage Form, IReadOnlyList<Finding> Findings);
