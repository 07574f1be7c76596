using System.Runtime.InteropServices;

namespace Equecel.Analytics.Cohort;

/// <summary>
/// The latest version of every record, and the facts that follow from it. A change costs the same however many participants there
/// are; versions that arrive late or twice change nothing. Not safe for threads.
/// </summary>
internal sealed class ParticipantTable
{
    private const int None = -1;

    private readonly Dictionary<ParticipantCode, int> rows = [];
    private readonly List<ParticipantCode> codes = [];
    private readonly List<int> firstRecords = [];
    private readonly List<RecordFact> ofParticipant = [];
    private Latest[] records = new Latest[256];
    private int recordCount;

    /// <summary>The facts.</summary>
    public CohortColumns Columns { get; } = new();

    /// <summary>Takes in one version.</summary>
    /// <param name="change">The version.</param>
    /// <returns>Whether it became its record's latest.</returns>
    public bool Apply(in CohortChange change)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, change.Participant, out var isKnown);
        if (!isKnown)
        {
            row = Columns.Add(change.Site);
            codes.Add(change.Participant);
            firstRecords.Add(None);
        }

        if (!Keep(row, change))
        {
            return false;
        }

        ofParticipant.Clear();
        for (var i = firstRecords[row]; i != None; i = records[i].Next)
        {
            ofParticipant.Add(records[i].Fact);
        }

        Columns[row] = ParticipantFacts.Derive(CollectionsMarshal.AsSpan(ofParticipant));
        return true;
    }

    /// <summary>The row of a participant; null for one who is not known.</summary>
    /// <param name="participant">The participant.</param>
    public int? FindRow(ParticipantCode participant) => rows.TryGetValue(participant, out var row) ? row : null;

    /// <summary>Whose row it is.</summary>
    /// <param name="row">The row.</param>
    public ParticipantCode CodeOf(int row) => codes[row];

    /// <summary>The latest version of each record of a participant summed up: rises whenever a version becomes the latest.</summary>
    /// <param name="row">The participant's row.</param>
    public long VersionSumOf(int row)
    {
        var sum = 0L;
        for (var i = firstRecords[row]; i != None; i = records[i].Next)
        {
            sum += records[i].Version;
        }

        return sum;
    }

    private bool Keep(int row, in CohortChange change)
    {
        for (var i = firstRecords[row]; i != None; i = records[i].Next)
        {
            if (records[i].RecordId == change.RecordId)
            {
                if (records[i].Version >= change.Version)
                {
                    return false;
                }

                records[i] = records[i] with { Version = change.Version, Fact = change.Fact };
                return true;
            }
        }

        if (recordCount == records.Length)
        {
            Array.Resize(ref records, 2 * recordCount);
        }

        records[recordCount] = new Latest(change.RecordId, change.Version, firstRecords[row], change.Fact);
        firstRecords[row] = recordCount++;
        return true;
    }

    /// <summary>The latest version of a record, and where the participant's next record is.</summary>
    private readonly record struct Latest(Guid RecordId, int Version, int Next, RecordFact Fact);
}
