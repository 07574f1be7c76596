using Equecel.Records.Forms;

namespace Equecel.Records.Verbs;

/// <summary>What counts of participants beside the form that is checked; earlier rows of an import count before they are saved.</summary>
internal sealed class OtherRecords
{
    private const int MaxForeseen = 5_000;

    private readonly Dictionary<string, List<CurrentRecord>> records;
    private readonly Dictionary<string, long> positions;
    private readonly Dictionary<string, Guid> requests = [];

    /// <summary>Begins with nothing.</summary>
    public OtherRecords()
        : this([], [])
    {
    }

    /// <summary>Takes what is stored.</summary>
    /// <param name="records">It, by participant.</param>
    /// <param name="positions">How far it is, by participant: how many versions of forms were saved that are judged by others.</param>
    public OtherRecords(Dictionary<string, List<CurrentRecord>> records, Dictionary<string, long> positions)
    {
        this.records = records;
        this.positions = positions;
    }

    /// <summary>How far the records are by which a form is judged; null when it is judged by itself.</summary>
    public long? PositionOf(Submission submission) => submission.Form.ReadsOthers ? positions.GetValueOrDefault(submission.Context.Participant) : null;

    /// <summary>Takes note that a form was saved which was judged by these records.</summary>
    public void MoveOn(Submission submission)
    {
        if (PositionOf(submission) is { } position)
        {
            positions[submission.Context.Participant] = position + 1;
        }
    }

    /// <summary>The participant's other records.</summary>
    public IReadOnlyList<CurrentRecord> Of(Submission submission)
    {
        var own = submission.RecordId.ToString();
        // The same request once more is no other record.
        return records.TryGetValue(submission.Context.Participant, out var all)
            ? [.. all.Where(record => record.RecordId != own && requests.GetValueOrDefault(record.RecordId) != submission.RequestId)]
            : [];
    }

    /// <summary>Takes note of a form that is going to be saved.</summary>
    public void Add(Submission submission)
    {
        if (submission.Form.ReadsOthers)
        {
            requests[submission.RecordId.ToString()] = submission.RequestId;
            Add(submission.Context.Participant, new CurrentRecord(submission.RecordId.ToString(), submission.Message, submission.Context.Missing)
            {
                Origin = submission.Context.Origin,
            });
        }
    }

    /// <summary>Takes note of what rows that were only checked would have saved.</summary>
    public void Add(OtherRecords foreseen, IEnumerable<string> participants)
    {
        foreach (var participant in participants)
        {
            foreach (var record in foreseen.records.GetValueOrDefault(participant) ?? [])
            {
                Add(participant, record);
            }
        }
    }

    /// <summary>Keeps what rows that were only checked would have saved, for the next rows: of so many participants that memory stays small.</summary>
    public void Foresee(Submission submission)
    {
        if (records.Count >= MaxForeseen && !records.ContainsKey(submission.Context.Participant))
        {
            records.Clear();
            requests.Clear();
        }

        Add(submission);
    }

    private void Add(string participant, CurrentRecord record)
    {
        if (!records.TryGetValue(participant, out var all))
        {
            records[participant] = all = [];
        }

        all.RemoveAll(known => known.RecordId == record.RecordId);
        all.Add(record);
    }
}
