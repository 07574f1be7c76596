using Equecel.Analytics.Dossiers;

namespace Equecel.Analytics.Tables;

/// <summary>What one participant adds to a cell.</summary>
/// <param name="Participant">Code of the participant.</param>
/// <param name="Words">What it is.</param>
/// <param name="Sources">The records that say so.</param>
internal sealed record Contribution(string Participant, string Words, IReadOnlyList<DossierRecord> Sources);
