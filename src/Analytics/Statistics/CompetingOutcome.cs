namespace Equecel.Analytics.Statistics;

/// <summary>How the observation of a subject ended where two events compete.</summary>
internal enum CompetingOutcome : byte
{
    /// <summary>Last seen without either event.</summary>
    Censored,

    /// <summary>The event of interest came first.</summary>
    Event,

    /// <summary>The other event came first, and precludes it.</summary>
    CompetingEvent,
}
