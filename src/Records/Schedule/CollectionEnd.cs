using Equecel.Enrolment.V1;
using Equecel.Records.Forms;

namespace Equecel.Records.Schedule;

/// <summary>When the collection of a participant's data ended.</summary>
public static class CollectionEnd
{
    /// <summary>The last day of which something may be collected: that of withdrawal from everything, or of death; null while it goes on.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static DateOnly? Of(ParticipantFacts facts) =>
        Earlier(facts.HasCollectionEndDate ? CivilDate.Find(facts.CollectionEndDate) : null, DeathOf(facts));

    /// <summary>The latest day on which the participant can have died; null while nobody knows of a death.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static DateOnly? DeathOf(ParticipantFacts facts) => facts.HasDeathDate ? CivilDate.FindPartial(facts.DeathDate)?.Latest : null;

    /// <summary>The earlier of two days, of which either can be missing.</summary>
    /// <param name="one">A day.</param>
    /// <param name="other">Another.</param>
    public static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one < other ? one : other ?? one;
}
