namespace Equecel.Analytics.Statistics;

/// <summary>Why a statistic has no value.</summary>
internal enum NotEstimable
{
    /// <summary>Nobody is in the population.</summary>
    NoSubjects,

    /// <summary>There is no value to describe.</summary>
    NoValues,

    /// <summary>Nobody responded.</summary>
    NoResponder,

    /// <summary>None of the things that the share is of.</summary>
    NothingExpected,

    /// <summary>Nobody had the event.</summary>
    NoEvents,

    /// <summary>Nobody was followed as long, and some had not had the event when last seen.</summary>
    BeyondLastFollowUp,

    /// <summary>The curve never falls so far.</summary>
    NotReached,

    /// <summary>No time under observation.</summary>
    NoExposure,

    /// <summary>A single value has no spread.</summary>
    SingleValue,

    /// <summary>Fewer than two groups could have had events.</summary>
    NothingToCompare,

    /// <summary>What is compared does not vary while events happen.</summary>
    NoVariation,

    /// <summary>The likelihood has no maximum: all events are on one side.</summary>
    DidNotConverge,
}

/// <summary>The reasons in words.</summary>
internal static class NotEstimableWords
{
    /// <summary>The end of the sentence "Not estimable: …".</summary>
    /// <param name="reason">The reason.</param>
    public static string InWords(this NotEstimable reason) => reason switch
    {
        NotEstimable.NoSubjects => "no participants",
        NotEstimable.NoValues => "no values",
        NotEstimable.NoResponder => "no responder",
        NotEstimable.NothingExpected => "nothing expected",
        NotEstimable.NoEvents => "no events",
        NotEstimable.BeyondLastFollowUp => "beyond last follow-up",
        NotEstimable.NotReached => "not reached",
        NotEstimable.NoExposure => "no time under observation",
        NotEstimable.SingleValue => "only one value",
        NotEstimable.NothingToCompare => "fewer than two groups could have had events",
        NotEstimable.NoVariation => "no difference between the groups could have shown",
        NotEstimable.DidNotConverge => "did not converge",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
