using Equecel.Analytics.Cohort;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Analytics.Dossiers;

/// <summary>The stored versions at one moment.</summary>
/// <param name="connection">A connection in a transaction of its own.</param>
/// <param name="rows">Reads its rows.</param>
/// <param name="asOf">What the platform knew at this instant; null for now.</param>
/// <param name="position">The data that there was.</param>
internal sealed class DossierMoment(NpgsqlConnection connection, DossierRows rows, DateTimeOffset? asOf, CohortPosition position) : IAsyncDisposable
{
    private const string Asked = "participant <> '' and (cardinality($2) = 0 or site = any($2)) and ($1 is null or save_time <= $1)";

    /// <summary>The data that there was.</summary>
    public CohortPosition Position { get; } = position;

    /// <summary>Streams the dossiers in order of the participants' codes. Memory is that of a few.</summary>
    /// <param name="sites">Sites that are wanted; empty for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public IAsyncEnumerable<Dossier> ReadAsync(IReadOnlyCollection<string> sites, CancellationToken cancellation) =>
        ReadAsync(DossierRows.Select($"kind <> 'data_query' and {Asked}"), sites, cancellation);

    /// <summary>Streams the dossiers as well, with the data queries about them, and with the time at which each record began.</summary>
    /// <param name="sites">Sites that are wanted; empty for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public IAsyncEnumerable<Dossier> ReadWithHistoryAsync(IReadOnlyCollection<string> sites, CancellationToken cancellation) =>
        ReadAsync(DossierRows.SelectWithHistory(Asked), sites, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async IAsyncEnumerable<Dossier> ReadAsync(
        string sql, IReadOnlyCollection<string> sites, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new() { Value = (object?)asOf?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = sites.ToArray() },
            },
        };
        await foreach (var dossier in rows.ReadAsync(command, cancellation))
        {
            yield return dossier;
        }
    }
}
