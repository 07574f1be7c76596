namespace Equecel.Analytics.Derivation;

/// <summary>What ended a time, in words.</summary>
internal static class EndReasonWords
{
    /// <summary>The words, such as <c>last adequate assessment</c>.</summary>
    /// <param name="reason">The reason.</param>
    /// <exception cref="ArgumentOutOfRangeException">The reason is unknown.</exception>
    public static string InWords(this EndReason reason) => reason switch
    {
        EndReason.Response => "response",
        EndReason.Progression => "progression",
        EndReason.Death => "death",
        EndReason.NewTherapy => "new therapy",
        EndReason.LastAssessment => "last adequate assessment",
        EndReason.NoAssessment => "no adequate assessment",
        EndReason.MissedAssessments => "missed assessments",
        EndReason.LastKnownAlive => "last known alive",
        EndReason.DataCutoff => "alive at the cut-off",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
