using Equecel.Records.Forms;

namespace Equecel.Records.Verbs;

/// <summary>Sorts rows into waves: a row goes after what it counts on, and otherwise along with the others.</summary>
internal sealed class Waves
{
    private readonly List<List<int>> waves = [];
    private readonly Dictionary<object, int> last = [];

    public void Add(int index, Submission submission)
    {
        var wave = 0;
        // One statement saves its rows in no order: of two that there may be one of, the first wins.
        var naturalKey = submission.Context.New ? submission.NaturalKey : null;
        foreach (var key in (ReadOnlySpan<object?>)[submission.RecordId, submission.Request, submission.Subject, naturalKey])
        {
            wave = key is not null && last.TryGetValue(key, out var earlier) ? Math.Max(wave, earlier + 1) : wave;
        }

        last[submission.RecordId] = wave;
        last[submission.Request] = wave;
        if (naturalKey is not null)
        {
            last[naturalKey] = wave;
        }

        if (submission.Form.Subject != FormSubject.Participant)
        {
            last[submission.Code] = wave;
        }

        while (waves.Count <= wave)
        {
            waves.Add([]);
        }

        waves[wave].Add(index);
    }

    public List<List<int>> InOrder() => waves;
}
