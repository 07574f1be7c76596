using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Derivation;

/// <summary>Days under observation and the events in them, of one participant or of several together.</summary>
/// <param name="Days">Days, that of the infusion and the last included.</param>
/// <param name="EventCount">Events in these days.</param>
internal readonly record struct ObservedTime(long Days, int EventCount)
{
    /// <summary>Both together.</summary>
    public static ObservedTime operator +(ObservedTime one, ObservedTime other) =>
        new(one.Days + other.Days, checked(one.EventCount + other.EventCount));

    /// <summary>Time to the first event of a participant: its rate is the exposure-adjusted incidence of participants with an event.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="events">Dates of the events, in any order.</param>
    /// <param name="windowDays">Last day after the infusion that counts.</param>
    public static ObservedTime ToFirst(ClinicalCourse course, IEnumerable<DateOnly> events, int windowDays = AdverseEventOnset.WindowDays)
    {
        var end = ObservationEnd.Of(course, windowDays);
        var first = events.Where(date => date >= course.InfusionDate && date <= end).Select(date => (DateOnly?)date).Min();
        return new ObservedTime(StudyDay.Of(first ?? end, course.InfusionDate), first is null ? 0 : 1);
    }

    /// <summary>All time of a participant with all events: of resource use, or of repeated events.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="events">Dates of the events, in any order, one for each.</param>
    /// <param name="windowDays">Last day after the infusion that counts.</param>
    public static ObservedTime ToEnd(ClinicalCourse course, IEnumerable<DateOnly> events, int windowDays = AdverseEventOnset.WindowDays)
    {
        var end = ObservationEnd.Of(course, windowDays);
        var count = events.Count(date => date >= course.InfusionDate && date <= end);
        return new ObservedTime(StudyDay.Of(end, course.InfusionDate), count);
    }

    /// <summary>The rate with its exact limits.</summary>
    /// <param name="level">The two-sided confidence level, between 0 and 1.</param>
    public Estimable<PoissonRate> Rate(double level = Level.Default) => PoissonRate.Estimate(EventCount, Days, level);
}
