namespace Equecel.Analytics.Cohort;

/// <summary>Completes a date of death whose day is not known.</summary>
/// <remarks>Rule set RWS-1: survival methods, section 12.8.</remarks>
internal static class DeathDate
{
    private const int MiddleOfMonth = 15;

    /// <summary>
    /// The later of the 15th of the month and the day after the participant was last known alive, not beyond the month's end
    /// and, as far as the month reaches, not before the infusion.
    /// </summary>
    /// <param name="death">The date as it was sent.</param>
    /// <param name="lastAlive">Last date known alive; null when there is none.</param>
    /// <param name="infusion">Date of infusion; null when there is none.</param>
    /// <returns>The date itself when its day is known.</returns>
    public static DateOnly Complete(PartialDate death, DateOnly? lastAlive, DateOnly? infusion)
    {
        if (!death.IsMonth)
        {
            return death.First;
        }

        var date = death.First.AddDays(MiddleOfMonth - 1);
        if (lastAlive >= date)
        {
            date = lastAlive.Value.AddDays(1);
        }

        if (infusion > date)
        {
            date = infusion.Value;
        }

        var end = death.First.AddMonths(1).AddDays(-1);
        return date < end ? date : end;
    }
}
