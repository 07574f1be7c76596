using Equecel.Records.Forms;

namespace Equecel.Records.Verbs;

/// <summary>What counts of participants beside the form that is checked; earlier rows of an import count before they are saved.</summary>
/// <param name="records">What is stored, by participant.</param>
internal sealed class OtherRecords(Dictionary<string, List<CurrentRecord>> records)
{
    public OtherRecords()
        : this([])
    {
    }

    /// <summary>The participant's other records.</summary>
    public IReadOnlyList<CurrentRecord> Of(Submission submission)
    {
        var own = submission.RecordId.ToString();
        return records.TryGetValue(submission.Context.Participant, out var all) ? [.. all.Where(record => record.RecordId != own)] : [];
    }

    /// <summary>Takes note of a form that is going to be saved.</summary>
    public void Add(Submission submission)
    {
        if (!submission.Form.ReadsOthers)
        {
            return;
        }

        if (!records.TryGetValue(submission.Context.Participant, out var all))
        {
            records[submission.Context.Participant] = all = [];
        }

        var id = submission.RecordId.ToString();
        all.RemoveAll(record => record.RecordId == id);
        all.Add(new CurrentRecord(id, submission.Message, submission.Context.Missing));
    }
}
