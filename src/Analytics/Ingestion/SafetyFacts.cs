using Equecel.Analytics.Cohort;
using Equecel.Records.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Ingestion;

/// <summary>What records of Safety say about participants.</summary>
internal static class SafetyFacts
{
    /// <summary>What a record says; null when the cohort does not ask about it.</summary>
    /// <param name="header">The record's header.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="ContractViolationException">It is not what the contract promises.</exception>
    public static RecordFact? Of(RecordHeader header, SafetyRecord record) =>
        record.FormCase == SafetyRecord.FormOneofCase.Death || (header.Redaction is not null && header.Kind == "death")
            ? new RecordFact(RecordKind.Death, header.Origin, header.State == RecordState.Active, Date(record.Death?.DeathDate ?? ""))
            : null;

    private static PartialDate? Date(string deathDate)
    {
        if (deathDate.Length == 0)
        {
            return null;
        }

        var date = PartialDate.Find(deathDate);
        ContractViolationException.Unless(date is not null, "death_date is not a date");
        return date;
    }
}
