using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;
using Equecel.Common.V1;

namespace Equecel.Analytics.Endpoints;

/// <summary>What curves ask of all participants: a column for each question, a row for each participant. Not safe for threads.</summary>
internal sealed class EndpointColumns
{
    // No number of days is so small.
    private const int NoTime = int.MinValue;

    // Days, reason and outcome of each time in one number: the outcome in its last two bits, the reason in the four before.
    private readonly int[][] times = [.. EndpointRow.CurveTimes.Select(_ => Array.Empty<int>())];

    // Of each grouping, the position of the group in its keys.
    private readonly ushort[][] groups = [.. EndpointRow.Groupings.Select(_ => Array.Empty<ushort>())];
    private readonly List<string>[] keys = [.. EndpointRow.Groupings.Select(_ => new List<string>())];
    private Exclusion[] exclusions = [];
    private byte[] origins = [];

    /// <summary>Rows that there are, up to the last that was set.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that the columns take.</summary>
    public long Bytes => exclusions.LongLength * ((sizeof(int) * times.Length) + (sizeof(ushort) * groups.Length) + sizeof(Exclusion) + sizeof(byte));

    /// <summary>Keys of the groups that there are of a grouping.</summary>
    /// <param name="grouping">The grouping, not the unspecified one.</param>
    public IReadOnlyList<string> Keys(V1.Grouping grouping) => keys[(int)grouping - 1];

    /// <summary>Position of each participant's group in the keys.</summary>
    /// <param name="grouping">The grouping, not the unspecified one.</param>
    public ReadOnlySpan<ushort> Groups(V1.Grouping grouping) => groups[(int)grouping - 1].AsSpan(0, Count);

    /// <summary>Where subgroups stand in the columns, for <see cref="IsIn"/>.</summary>
    /// <param name="subgroups">The subgroups.</param>
    /// <returns>Of each the column and the position in its keys; -1 for one that nobody is in.</returns>
    public (int Column, int Position)[] Positions(IReadOnlyList<V1.Subgroup> subgroups) =>
        [.. subgroups.Select(one => ((int)one.Grouping - 1, keys[(int)one.Grouping - 1].IndexOf(one.Key)))];

    /// <summary>Whether a participant is in all of some subgroups.</summary>
    /// <param name="row">The row.</param>
    /// <param name="subgroups">Where they stand.</param>
    public bool IsIn(int row, (int Column, int Position)[] subgroups)
    {
        foreach (var (column, position) in subgroups)
        {
            if (groups[column][row] != position)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Each participant's time, for <see cref="Unpack"/>.</summary>
    /// <param name="time">What the curve is of.</param>
    public ReadOnlySpan<int> Times(CurveTime time) => times[(int)time].AsSpan(0, Count);

    /// <summary>Why each participant is left out.</summary>
    public ReadOnlySpan<Exclusion> Exclusions => exclusions.AsSpan(0, Count);

    /// <summary>Where a participant's data came from.</summary>
    /// <param name="row">The row.</param>
    public DataOrigin OriginOf(int row) => (DataOrigin)origins[row];

    /// <summary>The time; null for a participant whom the curve is not about.</summary>
    /// <param name="time">From the column.</param>
    public static EndedTime? Unpack(int time) => time == NoTime ? null : new EndedTime(time >> 6, (CompetingOutcome)(time & 3), (EndReason)((time >> 2) & 15));

    /// <summary>Sets what is known of a participant.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">What was derived.</param>
    public void Set(int row, EndpointRow value)
    {
        if (row >= exclusions.Length)
        {
            Grow(Math.Max(row + 1, exclusions.Length + (exclusions.Length / 2)));
        }

        Count = Math.Max(Count, row + 1);
        (exclusions[row], origins[row]) = (value.Exclusion, (byte)value.Origin);
        for (var i = 0; i < times.Length; i++)
        {
            times[i][row] = value.Times[i] is { } time ? (time.Days << 6) | ((int)time.Reason << 2) | (int)time.Outcome : NoTime;
        }

        for (var i = 0; i < groups.Length; i++)
        {
            groups[i][row] = PositionOf(value.Groups[i], keys[i]);
        }
    }

    private static ushort PositionOf(string key, List<string> keys)
    {
        var position = keys.IndexOf(key);
        if (position < 0)
        {
            position = keys.Count;
            keys.Add(key);
        }

        return checked((ushort)position);
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref exclusions, capacity);
        Array.Resize(ref origins, capacity);
        Resize(times, capacity);
        Resize(groups, capacity);
    }

    private static void Resize<T>(T[][] columns, int capacity)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            Array.Resize(ref columns[i], capacity);
        }
    }
}
