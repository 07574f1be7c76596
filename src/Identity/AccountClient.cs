namespace Equecel.Identity;

/// <summary>What a client may do.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scopes">What its tokens may allow.</param>
/// <param name="Site">The one site whose records it sends; null for none.</param>
/// <param name="Disabled">Whether it cannot sign in, since nobody gave it a secret.</param>
internal sealed record AccountClient(string Id, IReadOnlyList<string> Scopes, string? Site, bool Disabled);
