using System.Collections.Concurrent;
using Equecel.Enrolment.V1;

namespace Equecel.Records.Directory;

/// <summary>What was lately learnt about participants, bounded in number and in age.</summary>
/// <param name="keptFor">How long it may be relied on.</param>
/// <param name="time">Tells the age.</param>
public sealed class RecentParticipants(TimeSpan keptFor, TimeProvider time)
{
    private const int MaxKept = 20_000;

    private readonly ConcurrentDictionary<string, Kept> kept = new();

    // The dictionary's own count takes each of its locks, of which there can be a thousand.
    private int count;

    /// <summary>What is known; null when nothing is, or it is too old.</summary>
    /// <param name="code">Code of the participant or site.</param>
    public ParticipantFacts? Find(string code) =>
        kept.TryGetValue(code, out var entry) && time.GetElapsedTime(entry.Since) < keptFor ? entry.Facts : null;

    /// <summary>Takes note.</summary>
    /// <param name="code">Code of the participant or site.</param>
    /// <param name="facts">What is known as of now.</param>
    public void Put(string code, ParticipantFacts facts)
    {
        var entry = new Kept(facts, time.GetTimestamp());
        if (!kept.TryAdd(code, entry))
        {
            kept[code] = entry;
        }
        else if (Interlocked.Increment(ref count) > MaxKept)
        {
            Clear();
        }
    }

    /// <summary>Takes note of a change. What it does not say is as old as it was; of somebody of whom nothing is known nothing is noted.</summary>
    /// <param name="code">Code of the participant or site.</param>
    /// <param name="change">What is known then. It may be asked more than once.</param>
    public void Change(string code, Func<ParticipantFacts, ParticipantFacts> change)
    {
        while (kept.TryGetValue(code, out var entry) && !kept.TryUpdate(code, new Kept(change(entry.Facts), entry.Since), entry))
        {
            // Another change came between.
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        kept.Clear();
        Interlocked.Exchange(ref count, 0);
    }

    /// <summary>Forgets a participant or site.</summary>
    /// <param name="code">Its code.</param>
    public void Remove(string code)
    {
        if (kept.TryRemove(code, out _))
        {
            Interlocked.Decrement(ref count);
        }
    }

    // Compared by identity, so that of two changes at once none is lost.
    private sealed class Kept(ParticipantFacts facts, long since)
    {
        public ParticipantFacts Facts { get; } = facts;

        public long Since { get; } = since;
    }
}
