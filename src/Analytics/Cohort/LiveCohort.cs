using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Equecel.Analytics.Endpoints;

namespace Equecel.Analytics.Cohort;

/// <summary>The cohort as it is now. Changes and questions take turns; each turn is short.</summary>
internal sealed class LiveCohort
{
    private readonly Lock turn = new();
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> fellBehind = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ParticipantTable? table;
    private EndpointColumns endpoints = new();
    private DueRows due = new();
    private CohortPosition position = CohortPosition.None;
    private long changes;
    private bool isBehind;

    /// <summary>Ends when the cohort has been loaded.</summary>
    public Task Loaded => loaded.Task;

    /// <summary>Starts with what is stored, or begins anew with it.</summary>
    /// <param name="stored">The latest versions.</param>
    /// <param name="at">The data that they were made of.</param>
    public void Load(ParticipantTable stored, CohortPosition at)
    {
        lock (turn)
        {
            (table, position, isBehind) = (stored, at, false);
            (endpoints, due) = (new EndpointColumns(), new DueRows());
            for (var row = 0; row < stored.Columns.Count; row++)
            {
                due.Add(row);
            }

            changes++;
        }

        loaded.TrySetResult();
    }

    /// <summary>Takes in versions that have been stored. One that is there already does no harm. While the cohort is behind they wait where they are stored.</summary>
    /// <param name="versions">About participants only.</param>
    /// <param name="at">The data, with them.</param>
    public void Apply(IEnumerable<CohortChange> versions, CohortPosition at)
    {
        lock (turn)
        {
            // Also a part of them changes what is answered, and what waits changes the answers about the past.
            changes++;
            if (isBehind)
            {
                return;
            }

            foreach (var version in versions)
            {
                table!.Apply(version);

                // Also for one that is there already: what it said may have been taken away.
                due.Add(table.FindRow(version.Participant)!.Value);
            }

            position = at;
        }
    }

    /// <summary>
    /// Takes note that something is stored and not in the cohort. Until it begins anew with what is stored (<see cref="Load"/>) its position
    /// stays where it was, so that answers claim nothing that it has not.
    /// </summary>
    public void FallBehind()
    {
        lock (turn)
        {
            isBehind = true;
        }

        fellBehind.Writer.TryWrite(true);
    }

    /// <summary>Whether something is stored that the cohort lacks.</summary>
    public bool IsBehind
    {
        get
        {
            lock (turn)
            {
                return isBehind;
            }
        }
    }

    /// <summary>Waits until the cohort falls behind. One may wait at a time.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task WaitUntilBehindAsync(CancellationToken cancellation) => await fellBehind.Reader.ReadAsync(cancellation);

    /// <summary>Where the cohort stands.</summary>
    public CohortPosition Position
    {
        get
        {
            lock (turn)
            {
                return position;
            }
        }
    }

    /// <summary>Names the cohort as it is now; null while it is not loaded.</summary>
    public CohortRevision? Revision
    {
        get
        {
            lock (turn)
            {
                return table is null ? null : new CohortRevision(0, changes);
            }
        }
    }

    /// <summary>Participants whose endpoints are to be derived anew.</summary>
    public int DueCount
    {
        get
        {
            lock (turn)
            {
                return due.Count;
            }
        }
    }

    /// <summary>Takes participants whose endpoints are to be derived anew. <see cref="Derived"/> must follow; until then nobody else may.</summary>
    /// <param name="most">How many at most.</param>
    /// <returns>Their codes.</returns>
    public IReadOnlyList<string> TakeDue(int most)
    {
        lock (turn)
        {
            return [.. due.Take(most).Select(row => $"{table!.CodeOf(row)}")];
        }
    }

    /// <summary>
    /// Takes what was derived of participants that were taken. They stay due when that is not of the very versions that the cohort
    /// has: the database had taken in one more, or another came meanwhile.
    /// </summary>
    /// <param name="rows">What was derived; empty when nothing could be.</param>
    /// <returns>How many are not due any more.</returns>
    public int Derived(IEnumerable<EndpointRow> rows)
    {
        lock (turn)
        {
            var before = due.Count;
            foreach (var derived in rows)
            {
                if (table!.FindRow(derived.Participant) is { } row && due.IsTaken(row) && table.VersionSumOf(row) == derived.VersionSum)
                {
                    endpoints.Set(row, derived);
                    due.Finish(row);
                }
            }

            due.PutBack();
            return before - due.Count;
        }
    }

    /// <summary>Reads the cohort while nothing changes it.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="asOf">The instant to read it as of; null for now.</param>
    /// <param name="read">Reads it. Changes wait for it, so it counts and leaves the rest for later.</param>
    /// <param name="result">What was read.</param>
    /// <returns>False when the cohort is not loaded, or knows of saves after the instant or not of all before it, or nothing was read.</returns>
    public bool TryRead<T>(DateTimeOffset? asOf, Func<CohortState, T?> read, [NotNullWhen(true)] out T? result)
        where T : class
    {
        lock (turn)
        {
            result = table is null || position.NewestSaveTime > asOf || (isBehind && asOf is not null)
                ? null
                : read(new CohortState(table.Columns, position, new CohortRevision(0, changes)) { Endpoints = due.Count == 0 ? endpoints : null });
            return result is not null;
        }
    }
}
