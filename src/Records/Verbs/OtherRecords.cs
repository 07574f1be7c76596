using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.Store;

namespace Equecel.Records.Verbs;

/// <summary>A record that was sent, as the next form finds it.</summary>
/// <param name="RecordId">Its id.</param>
/// <param name="Version">The latest version.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Origin">Where its data come from.</param>
/// <param name="NaturalKey">What it is the one record of; null when there may be many.</param>
/// <param name="Request">The request that made the latest version, with the client who sent it.</param>
/// <param name="Current">What it says, for checks that look at it; null when they do not, such as of one that was retracted.</param>
internal sealed record LatestRecord(
    string RecordId, int Version, string Kind, DataOrigin Origin, string? NaturalKey, (string Client, Guid Id) Request, CurrentRecord? Current)
{
    public static LatestRecord Of(StoredVersion version, CurrentRecord? current) => new(
        version.Header.RecordId, version.Header.Version, version.Header.Kind, version.Header.Origin, version.NaturalKey,
        (version.Header.Client, Guid.Parse(version.Header.RequestId)), current);

    public static LatestRecord Of(Submission submission) => new(
        submission.RecordId.ToString(), submission.Header.ExpectedVersion + 1, submission.Form.Kind, submission.Context.Origin, submission.NaturalKey,
        submission.Request, submission.Form.ReadsOthers ? CurrentOf(submission) : null);

    private static CurrentRecord CurrentOf(Submission submission) => new(submission.RecordId.ToString(), submission.Message, submission.Context.Missing)
    {
        Origin = submission.Context.Origin,
    };
}

/// <summary>What counts of participants beside the form that is checked; earlier rows of an import count before they are saved.</summary>
internal sealed class OtherRecords
{
    private const int MaxForeseen = 5_000;

    private readonly Dictionary<string, List<LatestRecord>> records;
    private readonly Dictionary<string, long> positions;

    /// <summary>Begins with nothing.</summary>
    public OtherRecords()
        : this([], [])
    {
    }

    /// <summary>Takes what is stored.</summary>
    /// <param name="records">It, by participant.</param>
    /// <param name="positions">How far it is, by participant: how many versions of forms were saved that are judged by others.</param>
    public OtherRecords(Dictionary<string, List<LatestRecord>> records, Dictionary<string, long> positions)
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
            ? [.. all.Where(known => known.RecordId != own && known.Request != submission.Request).Select(known => known.Current).OfType<CurrentRecord>()]
            : [];
    }

    /// <summary>Takes note of a form that is going to be saved. What the journal is going to refuse does not count, nor what it has already.</summary>
    /// <returns>Whether the form counts.</returns>
    public bool Add(Submission submission)
    {
        // What counts on an enrolment or a site is saved after it. Nothing is judged by an amendment of a form that is judged by itself.
        if (submission.Form.Subject != FormSubject.Participant || !(submission.Form.ReadsOthers || submission.Context.New))
        {
            return true;
        }

        var counts = IsNext(submission, records.GetValueOrDefault(submission.Context.Participant) ?? []);
        if (counts)
        {
            Add(submission.Context.Participant, LatestRecord.Of(submission));
        }

        return counts;
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
        }

        Add(submission.Context.Participant, LatestRecord.Of(submission));
    }

    /// <summary>Whether the journal will take a form, as its statement has it. It finds more: a request that made an earlier version.</summary>
    private static bool IsNext(Submission submission, List<LatestRecord> all)
    {
        if (all.Exists(known => known.Request == submission.Request))
        {
            return false;
        }

        var (own, key) = (submission.RecordId.ToString(), submission.NaturalKey);
        return submission.Context.New
            ? key is null || !all.Exists(known => known.NaturalKey == key)
            : all.Exists(known => known.RecordId == own && known.Version == submission.Header.ExpectedVersion
                && known.Kind == submission.Form.Kind && known.Origin == submission.Context.Origin && known.NaturalKey == key);
    }

    private void Add(string participant, LatestRecord record)
    {
        if (!records.TryGetValue(participant, out var all))
        {
            records[participant] = all = [];
        }

        all.RemoveAll(known => known.RecordId == record.RecordId);
        all.Add(record);
    }
}
