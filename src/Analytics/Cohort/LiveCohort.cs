using System.Diagnostics.CodeAnalysis;

namespace Equecel.Analytics.Cohort;

/// <summary>The cohort as it is now. Changes and questions take turns; each turn is short.</summary>
internal sealed class LiveCohort
{
    private readonly Lock turn = new();
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ParticipantTable? table;
    private CohortPosition position;
    private long changes;

    /// <summary>Ends when the cohort has been loaded.</summary>
    public Task Loaded => loaded.Task;

    /// <summary>Starts with what is stored, or begins anew with it.</summary>
    /// <param name="stored">The latest versions.</param>
    /// <param name="at">The data that they were made of.</param>
    public void Load(ParticipantTable stored, CohortPosition at)
    {
        lock (turn)
        {
            (table, position) = (stored, at);
            changes++;
        }

        loaded.TrySetResult();
    }

    /// <summary>Takes in versions that have been stored. One that is there already does no harm.</summary>
    /// <param name="versions">About participants only.</param>
    /// <param name="at">The data, with them.</param>
    public void Apply(IEnumerable<CohortChange> versions, CohortPosition at)
    {
        lock (turn)
        {
            foreach (var version in versions)
            {
                table!.Apply(version);
            }

            position = at;
            changes++;
        }
    }

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

    /// <summary>Reads the cohort while nothing changes it.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="asOf">The instant to read it as of; null for now.</param>
    /// <param name="read">Reads it. Changes wait for it, so it counts and leaves the rest for later.</param>
    /// <param name="result">What was read.</param>
    /// <returns>False when the cohort is not loaded, or knows of saves after the instant.</returns>
    public bool TryRead<T>(DateTimeOffset? asOf, Func<CohortState, T> read, [NotNullWhen(true)] out T? result)
        where T : class
    {
        lock (turn)
        {
            result = table is null || position.NewestSaveTime > asOf
                ? null
                : read(new CohortState(table.Columns, position, new CohortRevision(0, changes)));
            return result is not null;
        }
    }
}
