using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Derivation;

/// <summary>When an adverse event began, or became worse.</summary>
/// <param name="Onset">Date of the onset; null when not even year and month are known.</param>
/// <param name="IsBeforeInfusion">Whether the time of day tells that an onset on the day of the infusion was before it.</param>
/// <param name="Worsened">Date after the infusion on which the grade of an earlier event rose; null when it did not.</param>
/// <param name="Ended">Day of its end; null when not known, or it goes on.</param>
/// <remarks>Rule set RWS-1: survival methods, section 12.7; clinical domain reference, section 3.7.</remarks>
internal readonly record struct AdverseEventOnset(PartialDate? Onset, bool IsBeforeInfusion = false, PartialDate? Worsened = null, DateOnly? Ended = null)
{
    /// <summary>The window of the study, in days after the infusion, its last day included.</summary>
    public const int WindowDays = 168;

    /// <summary>The date that counts: of the onset, or of the worsening of an event from before the infusion. Null when not known.</summary>
    /// <param name="infusion">Date of infusion.</param>
    public OnsetDate? DateFrom(DateOnly infusion)
    {
        if (Onset is not { } onset)
        {
            return null;
        }

        var began = OnsetDate.Complete(onset, infusion, Ended);
        var isEarlier = began.Date < infusion || (began.Date == infusion && IsBeforeInfusion && !began.IsCompleted);
        return isEarlier && Worsened is { } worsened ? OnsetDate.Complete(worsened, infusion) : began;
    }

    /// <summary>Study day of the date that counts; null when it or a part of it is not known.</summary>
    /// <param name="infusion">Date of infusion, day 1.</param>
    public int? StudyDayFrom(DateOnly infusion) =>
        DateFrom(infusion) is { IsCompleted: false } onset ? StudyDay.Of(onset.Date, infusion) : null;

    /// <summary>Tells whether the event emerged under treatment.</summary>
    /// <param name="infusion">Date of infusion.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    /// <param name="windowDays">Last day after the infusion that counts.</param>
    public TreatmentEmergence Emergence(DateOnly infusion, DateOnly? cutoff, int windowDays = WindowDays)
    {
        if (DateFrom(infusion) is not { Date: var date } counted)
        {
            return TreatmentEmergence.Unknown;
        }

        if (date > cutoff)
        {
            return TreatmentEmergence.AfterCutoff;
        }

        // Without a time of day, an event on the day of the infusion counts as after it.
        if (date < infusion || (date == infusion && IsBeforeInfusion && Worsened is null && !counted.IsCompleted))
        {
            return TreatmentEmergence.BeforeInfusion;
        }

        return date.DayNumber - infusion.DayNumber <= windowDays ? TreatmentEmergence.Emergent : TreatmentEmergence.AfterWindow;
    }
}
