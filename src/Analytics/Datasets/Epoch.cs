using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Datasets;

/// <summary>The epoch of the study that a day lies in.</summary>
/// <remarks>Source: CDISC controlled terminology, codelist EPOCH. Where an epoch begins is the study's choice.</remarks>
internal static class Epoch
{
    /// <summary>The most characters that the name of one has.</summary>
    public const int Length = 20;

    /// <summary>What the epochs are, for those who read a dataset.</summary>
    public const string Method = "EPOCH: SCREENING, TREATMENT from lymphodepletion to the first infusion, FOLLOW-UP for 24 weeks, LONG-TERM FOLLOW-UP";

    /// <summary>
    /// Screening until lymphodepletion, without it until the infusion; treatment from then to the day of the first infusion; follow-up for 24
    /// weeks after it; long-term follow-up from then on. Null when the day is not known.
    /// </summary>
    /// <param name="date">The day.</param>
    /// <param name="lymphodepletion">First day of lymphodepletion; null without it.</param>
    /// <param name="infusion">Day of the first infusion; null before it.</param>
    public static string? Of(DateOnly? date, DateOnly? lymphodepletion, DateOnly? infusion)
    {
        if (date is not { } day)
        {
            return null;
        }

        return !(day >= new[] { lymphodepletion, infusion }.Min()) ? "SCREENING"
            : infusion is not { } first || day <= first ? "TREATMENT"
            : day.DayNumber - first.DayNumber <= AdverseEventOnset.WindowDays ? "FOLLOW-UP"
            : "LONG-TERM FOLLOW-UP";
    }
}
