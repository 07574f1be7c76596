using System.Collections.Concurrent;
using Equecel.Records.V1;

namespace Equecel.Audit;

/// <summary>Notes that wait to be written, each with how often. Many may add at once while one takes what is there.</summary>
internal sealed class GatheredNotes
{
    private const int MostToldApart = 10_000;

    private readonly ConcurrentDictionary<AuditNote, long> waiting = new();

    // The dictionary's own count takes each of its locks.
    private int toldApart;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => waiting.IsEmpty;

    /// <summary>Adds a note. Beyond what can be told apart, at least how much of its kind.</summary>
    /// <param name="note">The note.</param>
    public void Add(AuditNote note) =>
        Add(Volatile.Read(ref toldApart) < MostToldApart ? note : FurtherOnes(note.Kind), times: 1);

    /// <summary>Adds what was taken and could not be written.</summary>
    /// <param name="notes">The notes, each with how often.</param>
    public void Return(IEnumerable<KeyValuePair<AuditNote, long>> notes)
    {
        foreach (var (note, times) in notes)
        {
            Add(note, times);
        }
    }

    /// <summary>Takes what waits. What is added meanwhile is in this answer or in the next one.</summary>
    public List<KeyValuePair<AuditNote, long>> Take()
    {
        var taken = new List<KeyValuePair<AuditNote, long>>();
        // One by one: whoever adds to a note that was taken finds it gone and adds it anew. All at once, some would add to what was copied before.
        foreach (var (note, _) in waiting)
        {
            if (waiting.TryRemove(note, out var times))
            {
                Interlocked.Decrement(ref toldApart);
                taken.Add(new(note, times));
            }
        }

        return taken;
    }

    private static AuditNote FurtherOnes(AuditEventKind kind) => new(kind, "", "", "", "", "further ones");

    private void Add(AuditNote note, long times)
    {
        while (true)
        {
            if (waiting.TryGetValue(note, out var before))
            {
                if (waiting.TryUpdate(note, before + times, before))
                {
                    return;
                }
            }
            else if (waiting.TryAdd(note, times))
            {
                Interlocked.Increment(ref toldApart);
                return;
            }
        }
    }
}
