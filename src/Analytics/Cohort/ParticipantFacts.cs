using Equecel.Common.V1;

namespace Equecel.Analytics.Cohort;

/// <summary>What the endpoints need of one participant.</summary>
/// <param name="IsCollected">Whether any record of the participant counts.</param>
/// <param name="Origin">Where the participant's data came from: as the participation says; without one, retrospective when any record is.</param>
/// <param name="InfusionDate">Date of the first infusion; null before it.</param>
/// <param name="LastAliveDate">Last date known alive over all follow-up, not after the death; null without any. The first infusion alone proves none.</param>
/// <param name="DeathDate">Date of death, completed where its day is not known; null while alive or not known to be dead.</param>
/// <param name="IsDeathDateCompleted">Whether the day of death was not known.</param>
internal readonly record struct ParticipantFacts(
    bool IsCollected,
    DataOrigin Origin,
    DateOnly? InfusionDate,
    DateOnly? LastAliveDate,
    DateOnly? DeathDate,
    bool IsDeathDateCompleted)
{
    /// <summary>Derives the facts from the latest version of each of the participant's records, in any order.</summary>
    /// <param name="records">One for each record, retracted ones as well.</param>
    public static ParticipantFacts Derive(ReadOnlySpan<RecordFact> records)
    {
        var (enrolledFrom, recordedFrom) = (DataOrigin.Unspecified, DataOrigin.Unspecified);
        var (infusion, lastInfusion, lastAlive) = ((DateOnly?)null, (DateOnly?)null, (DateOnly?)null);
        PartialDate? death = null;

        foreach (var record in records)
        {
            if (!record.IsActive)
            {
                continue;
            }

            // Records of both origins make a participant retrospective: part of the data was not collected as it happened.
            recordedFrom = record.Origin > recordedFrom ? record.Origin : recordedFrom;
            if (record.Kind == RecordKind.Participation)
            {
                enrolledFrom = record.Origin;
            }
            else if (record.Date is { } date)
            {
                (infusion, lastInfusion, lastAlive, death) = record.Kind switch
                {
                    RecordKind.Infusion => (Earlier(infusion, date.First), Later(lastInfusion, date.First), lastAlive, death),
                    RecordKind.Contact => (infusion, lastInfusion, Later(lastAlive, date.First), death),
                    _ => (infusion, lastInfusion, lastAlive, death is { } known && known.First <= date.First ? death : date),
                };
            }
        }

        // The first infusion begins the time; a later one is a contact in it.
        lastAlive = lastInfusion is { } again && again > infusion ? Later(lastAlive, again) : lastAlive;
        var deathDate = death is { } one ? (DateOnly?)Cohort.DeathDate.Complete(one, lastAlive, infusion) : null;
        return new ParticipantFacts(
            recordedFrom != DataOrigin.Unspecified,
            enrolledFrom == DataOrigin.Unspecified ? recordedFrom : enrolledFrom,
            infusion,
            lastAlive > deathDate ? deathDate : lastAlive,
            deathDate,
            death?.IsMonth ?? false);
    }

    private static DateOnly Earlier(DateOnly? known, DateOnly other) => known < other ? known.Value : other;

    private static DateOnly Later(DateOnly? known, DateOnly other) => known > other ? known.Value : other;
}
