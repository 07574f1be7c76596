using Equecel.Records.V1;

namespace Equecel.Cli.Import;

/// <summary>Puts the verdicts on lines that were not sent between those of the service, in the order of the lines.</summary>
/// <remarks>One side reads lines, the other takes verdicts; between them are at most the rows under way and the refused lines among them.</remarks>
internal sealed class LineOrder
{
    private readonly Lock gate = new();
    private readonly Queue<(long Line, ImportVerdict? Refusal)> lines = new();

    /// <summary>Takes note of a line that was sent.</summary>
    public void AddSent(long line)
    {
        lock (gate)
        {
            lines.Enqueue((line, null));
        }
    }

    /// <summary>Takes note of a line that is refused here.</summary>
    public void AddRefusal(ImportVerdict refusal)
    {
        lock (gate)
        {
            lines.Enqueue((refusal.Row, refusal));
        }
    }

    /// <summary>Takes the refusals that come before the next line that was sent.</summary>
    public IEnumerable<ImportVerdict> TakeRefusals()
    {
        while (TryTake() is { } refusal)
        {
            yield return refusal;
        }
    }

    /// <summary>Takes the number of the next line that was sent.</summary>
    public long TakeSentLine()
    {
        lock (gate)
        {
            return lines.Dequeue().Line;
        }
    }

    private ImportVerdict? TryTake()
    {
        lock (gate)
        {
            return lines.TryPeek(out var next) && next.Refusal is not null ? lines.Dequeue().Refusal : null;
        }
    }
}
