namespace Equecel.Analytics.Derivation;

/// <summary>What a curve can be of. <see cref="PfsCensoring"/> counts on from the primary analysis to its sensitivity analyses.</summary>
internal enum CurveTime : byte
{
    /// <summary>Overall survival.</summary>
    Os,

    /// <summary>Progression-free survival: the primary analysis.</summary>
    Pfs,

    /// <summary>Progression-free survival, new therapy censors.</summary>
    PfsS1,

    /// <summary>Progression-free survival, missed assessments censor.</summary>
    PfsS2,

    /// <summary>Progression-free survival, both censor.</summary>
    PfsS1S2,

    /// <summary>Duration of the recorded response: the primary analysis.</summary>
    Dor,

    /// <summary>Duration of response, new therapy censors.</summary>
    DorS1,

    /// <summary>Duration of response, missed assessments censor.</summary>
    DorS2,

    /// <summary>Duration of response, both censor.</summary>
    DorS1S2,

    /// <summary>Time to the first recorded partial response or better.</summary>
    Ttr,

    /// <summary>Time to confirmed partial response or better.</summary>
    TtrConfirmed,

    /// <summary>Time to the first recorded complete response or better.</summary>
    Ttcr,

    /// <summary>Time to confirmed complete response or better.</summary>
    TtcrConfirmed,
}

/// <summary>Derives what curves are of.</summary>
internal static class CurveTimes
{
    /// <summary>Derives the time of an infused participant; null for one whom the curve is not about.</summary>
    /// <param name="time">What the curve is of.</param>
    /// <param name="course">The participant.</param>
    public static TimeToEvent? Derive(this CurveTime time, ClinicalCourse course) => time switch
    {
        CurveTime.Os => TimeToDeath.Derive(course),
        <= CurveTime.PfsS1S2 => ProgressionFreeSurvival.Derive(course, (PfsCensoring)(time - CurveTime.Pfs)),
        <= CurveTime.DorS1S2 => DurationOfResponse.Derive(course, censoring: (PfsCensoring)(time - CurveTime.Dor)),
        CurveTime.Ttr => TimeToResponse.Derive(course, ResponseCategory.PartialResponse),
        CurveTime.TtrConfirmed => TimeToResponse.Derive(course, ResponseCategory.PartialResponse, ResponseRule.Confirmed),
        CurveTime.Ttcr => TimeToResponse.Derive(course, ResponseCategory.CompleteResponse),
        CurveTime.TtcrConfirmed => TimeToResponse.Derive(course, ResponseCategory.CompleteResponse, ResponseRule.Confirmed),
        _ => throw new ArgumentOutOfRangeException(nameof(time), time, "No curve is of that."),
    };
}
