namespace Equecel.Analytics.Derivation;

/// <summary>Stays that overlap or touch, as one.</summary>
/// <param name="Admission">First day.</param>
/// <param name="Discharge">Day of discharge, or the last day that is known of a stay that goes on.</param>
/// <param name="IsOngoing">Whether it was not over on that day.</param>
internal readonly record struct MergedStay(DateOnly Admission, DateOnly Discharge, bool IsOngoing)
{
    /// <summary>Length in days: the day of discharge does not count, but a stay of a single day is one day.</summary>
    public int Days => End.DayNumber - Admission.DayNumber;

    private DateOnly End => Discharge > Admission ? Discharge : Admission.AddDays(1);

    /// <summary>Whether a day, such as the infusion's, is in the stay.</summary>
    /// <param name="day">The day.</param>
    public bool Contains(DateOnly day) => day >= Admission && (day < End || day == Discharge);

    /// <summary>How many of its days are in a period.</summary>
    /// <param name="first">First day of the period, such as the infusion's.</param>
    /// <param name="last">Last day of it.</param>
    public int DaysWithin(DateOnly first, DateOnly last)
    {
        var from = Math.Max(Admission.DayNumber, first.DayNumber);
        var to = Math.Min(End.DayNumber, last.DayNumber + 1);
        return Math.Max(0, to - from);
    }
}
