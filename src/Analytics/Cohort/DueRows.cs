namespace Equecel.Analytics.Cohort;

/// <summary>Rows of which something is to be derived anew, the longest due first. Not safe for threads.</summary>
internal sealed class DueRows
{
    private readonly List<int> taken = [];
    private readonly Queue<int> due = new();
    private State[] states = [];

    private enum State : byte
    {
        NotDue,
        Due,
        Taken,
    }

    /// <summary>Rows that are due, those that are taken among them.</summary>
    public int Count { get; private set; }

    /// <summary>Makes a row due, once more when it is taken.</summary>
    /// <param name="row">The row.</param>
    public void Add(int row)
    {
        if (row >= states.Length)
        {
            Array.Resize(ref states, Math.Max(row + 1, 2 * states.Length));
        }

        if (states[row] != State.Due)
        {
            Count += states[row] == State.NotDue ? 1 : 0;
            states[row] = State.Due;
            due.Enqueue(row);
        }
    }

    /// <summary>Takes rows, to derive them. Until <see cref="PutBack"/> nobody else may.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<int> Take(int most)
    {
        while (taken.Count < most && due.TryDequeue(out var row))
        {
            states[row] = State.Taken;
            taken.Add(row);
        }

        return taken;
    }

    /// <summary>Whether what was derived of a row still holds: it was taken and did not become due once more.</summary>
    /// <param name="row">The row.</param>
    public bool IsTaken(int row) => row < states.Length && states[row] == State.Taken;

    /// <summary>Takes a row that <see cref="IsTaken"/> off: it is derived.</summary>
    /// <param name="row">The row.</param>
    public void Finish(int row)
    {
        states[row] = State.NotDue;
        Count--;
    }

    /// <summary>Ends the taking: rows that were taken and not finished are due again.</summary>
    public void PutBack()
    {
        taken.FindAll(IsTaken).ForEach(Add);
        taken.Clear();
        if (due.Count == 0)
        {
            // A whole study was in it once.
            due.TrimExcess();
        }
    }
}
