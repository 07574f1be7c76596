using System.Runtime.CompilerServices;
using Equecel.Analytics.Cohort;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Analytics.Dossiers;

/// <summary>The stored versions at one moment.</summary>
/// <param name="connection">A connection in a transaction of its own.</param>
/// <param name="asOf">What the platform knew at this instant; null for now.</param>
/// <param name="position">The data that there was.</param>
internal sealed class DossierMoment(NpgsqlConnection connection, DateTimeOffset? asOf, CohortPosition position) : IAsyncDisposable
{
    /// <summary>The data that there was.</summary>
    public CohortPosition Position { get; } = position;

    /// <summary>Streams the dossiers in order of the participants' codes. Memory is that of one.</summary>
    /// <param name="kinds">Kinds of records that are wanted; empty for all.</param>
    /// <param name="sites">Sites that are wanted; empty for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async IAsyncEnumerable<Dossier> ReadAsync(
        IReadOnlyCollection<string> kinds, IReadOnlyCollection<string> sites, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select distinct on (participant collate "C", record_id) {DossierRows.Columns}
            from record_versions
            where participant <> '' and (cardinality($2) = 0 or kind = any($2)) and (cardinality($3) = 0 or site = any($3))
                and ($1 is null or save_time <= $1)
            order by participant collate "C", record_id, version desc
            """,
            connection)
        {
            // A large study takes longer than a save may.
            CommandTimeout = 120,
            Parameters =
            {
                new() { Value = (object?)asOf?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = kinds.ToArray() },
                new() { Value = sites.ToArray() },
            },
        };
        await foreach (var dossier in DossierRows.ReadAsync(command, cancellation))
        {
            yield return dossier;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
