namespace Equecel.Faults.Tests.Rounds;

/// <summary>What a round came to.</summary>
/// <param name="Seed">The seed that its faults were drawn from.</param>
/// <param name="Faults">The faults that happened, in the order in which they ended.</param>
/// <param name="Missed">Those that were tried and did not happen.</param>
/// <param name="Hindered">Those that cannot happen on this machine, each with the reason.</param>
/// <param name="Kinds">How many happened of each kind.</param>
/// <param name="Kills">Processes that were killed.</param>
/// <param name="Acknowledged">Saves that were acknowledged.</param>
/// <param name="Attempts">Attempts that it took.</param>
/// <param name="PushedBack">Attempts that ended with UNAVAILABLE and the time after which to come again.</param>
/// <param name="Failed">Attempts that failed otherwise, by status.</param>
/// <param name="Healed">Seconds until every part answered again.</param>
/// <param name="Answered">Seconds until every call had its answer.</param>
/// <param name="Drained">Seconds until Analytics had everything.</param>
/// <param name="Violations">What is wrong.</param>
internal sealed record RoundResult(
    int Seed, IReadOnlyList<string> Faults, IReadOnlyList<string> Missed, IReadOnlyList<string> Hindered, IReadOnlyDictionary<string, int> Kinds, int Kills,
    long Acknowledged, long Attempts, int PushedBack, IReadOnlyDictionary<string, int> Failed, double Healed, double Answered, double Drained, IReadOnlyList<string> Violations);
