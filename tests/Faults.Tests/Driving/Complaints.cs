using System.Collections.Concurrent;

namespace Equecel.Faults.Tests.Driving;

/// <summary>What was seen while the platform ran that no fault excuses.</summary>
internal sealed class Complaints
{
    private const int Most = 50;

    private readonly ConcurrentQueue<string> complaints = new();

    /// <summary>Adds one; of very many the first are enough.</summary>
    public void Add(string complaint)
    {
        if (complaints.Count < Most)
        {
            complaints.Enqueue(complaint);
        }
    }

    /// <summary>Takes those that there are.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (complaints.TryDequeue(out var complaint))
        {
            taken.Add(complaint);
        }

        return taken;
    }
}
