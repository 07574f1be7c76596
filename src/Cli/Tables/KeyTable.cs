using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Equecel.Cli.Tables;

/// <summary>The records that rows with a key became, so that later rows can refer to them. Only kinds that are referred to are remembered.</summary>
/// <remarks>One side reads rows and waits for records; the other brings verdicts.</remarks>
internal sealed class KeyTable(IReadOnlySet<string> kinds)
{
    /// <summary>Most keys that are remembered, some 100 bytes each.</summary>
    public const int MostKeys = 2_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<UInt128, (bool Settled, Guid? Record)> records = [];
    private (UInt128 Key, TaskCompletionSource<Guid?> Record)? awaited;

    /// <summary>The kind that a reference names: <c>adverse_event</c> of <c>adverse_event:AE1</c>; empty when it is a record's UUID.</summary>
    public static string KindOf(string reference) => reference.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? reference[..colon].Trim() : "";

    /// <summary>What a row is known by: its kind, its participant and its key.</summary>
    public static UInt128 Name(string kind, string participant, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{participant}\n{key}"), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Whether rows of a kind are remembered.</summary>
    public bool Remembers(string kind) => kinds.Contains(kind);

    /// <summary>Whether something of the name came before.</summary>
    public bool Has(UInt128 name)
    {
        lock (gate)
        {
            return records.ContainsKey(name);
        }
    }

    /// <summary>Takes note of a row that is sent.</summary>
    /// <returns>Whether there was none of the name before.</returns>
    public bool TryAdd(UInt128 name, out bool full)
    {
        lock (gate)
        {
            full = records.Count >= MostKeys;
            return !full && records.TryAdd(name, (false, null));
        }
    }

    /// <summary>Takes note of what became of a row.</summary>
    /// <param name="name">The row.</param>
    /// <param name="record">Its record; null when it was refused.</param>
    public void Settle(UInt128 name, Guid? record)
    {
        lock (gate)
        {
            records[name] = (true, record);
            if (awaited is { } waiting && waiting.Key == name)
            {
                awaited = null;
                waiting.Record.SetResult(record);
            }
        }
    }

    /// <summary>Waits until it is known what became of a row.</summary>
    /// <param name="name">The row.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether there is such a row, and its record; null when it was refused.</returns>
    public async ValueTask<(bool Known, Guid? Record)> FindAsync(UInt128 name, CancellationToken cancellationToken)
    {
        Task<Guid?> waiting;
        lock (gate)
        {
            if (!records.TryGetValue(name, out var record))
            {
                return (false, null);
            }

            if (record.Settled)
            {
                return (true, record.Record);
            }

            var source = new TaskCompletionSource<Guid?>(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited = (name, source);
            waiting = source.Task;
        }

        return (true, await waiting.WaitAsync(cancellationToken));
    }
}
