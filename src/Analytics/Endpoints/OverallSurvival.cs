using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Endpoints;

/// <summary>Overall survival of one participant: from the first infusion to death from any cause.</summary>
/// <remarks>Rule set RWS-1: survival methods, sections 12.1, 12.2 (convention A) and 12.6.</remarks>
internal static class OverallSurvival
{
    /// <summary>Derives the time and what ended it.</summary>
    /// <param name="facts">The participant.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    /// <returns>
    /// Days from infusion, the infusion day being day 1. Without a death by the cut-off, censored at the last date known alive but
    /// not after the cut-off; a contact or a death after the cut-off is proof of life at it. Without follow-up, censored on the infusion day.
    /// </returns>
    public static SurvivalTime Derive(in ParticipantFacts facts, DateOnly? cutoff)
    {
        if (!facts.IsCollected)
        {
            return SurvivalTime.Excluded(Exclusion.NoRecord);
        }

        if (facts.InfusionDate is not { } infusion)
        {
            return SurvivalTime.Excluded(Exclusion.NotInfused);
        }

        if (infusion > cutoff)
        {
            return SurvivalTime.Excluded(Exclusion.InfusedAfterCutoff);
        }

        if (facts.DeathDate < infusion)
        {
            return SurvivalTime.Excluded(Exclusion.DeathBeforeInfusion);
        }

        return SurvivalTime.Of(TimeToDeath.Derive(infusion, facts.DeathDate, facts.LastAliveDate, cutoff).Ended);
    }
}
