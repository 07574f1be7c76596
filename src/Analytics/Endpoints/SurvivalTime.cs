using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Endpoints;

/// <summary>Why a participant is not in an analysis of survival.</summary>
internal enum Exclusion : byte
{
    /// <summary>In the analysis.</summary>
    None,

    /// <summary>All records of the participant were retracted; not counted anywhere.</summary>
    NoRecord,

    /// <summary>No infusion is recorded.</summary>
    NotInfused,

    /// <summary>The first infusion was after the cut-off date.</summary>
    InfusedAfterCutoff,

    /// <summary>The recorded death is before the infusion: the dates are at fault.</summary>
    DeathBeforeInfusion,

    /// <summary>There was no response that could last.</summary>
    NoResponse,
}

/// <summary>One participant in an analysis of survival.</summary>
/// <param name="Ended">Days from infusion to the event or to censoring, the infusion day being day 1, and what it was; null when excluded.</param>
/// <param name="Exclusion">Why the participant is not in the analysis.</param>
internal readonly record struct SurvivalTime(EndedTime? Ended, Exclusion Exclusion)
{
    /// <summary>A participant who is in.</summary>
    /// <param name="time">Days from infusion, 1 or more, and how they ended.</param>
    public static SurvivalTime Of(EndedTime time) => new(time, Exclusion.None);

    /// <summary>A participant who is left out.</summary>
    /// <param name="reason">Why.</param>
    public static SurvivalTime Excluded(Exclusion reason) => new(null, reason);
}
