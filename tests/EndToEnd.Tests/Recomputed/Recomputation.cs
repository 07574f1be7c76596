namespace Equecel.EndToEnd.Tests.Recomputed;

/// <summary>What was recomputed of a report.</summary>
/// <param name="Parts">Lines by the id of their part, in their order, as a <see cref="ReportText"/> has them.</param>
/// <param name="Figures">What pictures say by their ids, as regular expressions of texts and of texts with <c>" | "</c> between.</param>
internal sealed record Recomputation(IReadOnlyDictionary<string, string[]> Parts, IReadOnlyDictionary<string, string[]> Figures);
