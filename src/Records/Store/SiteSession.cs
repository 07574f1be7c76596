using Npgsql;

namespace Equecel.Records.Store;

/// <summary>A connection that reads the rows of some sites. Whatever its statements say, the database itself leaves all others out.</summary>
internal sealed class SiteSession : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly IReadOnlyCollection<string>? sites;

    /// <param name="connection">Of the role that sees all sites, when there are no <paramref name="sites"/>; else of the service's own.</param>
    /// <param name="sites">The sites; null for all.</param>
    public SiteSession(NpgsqlConnection connection, IReadOnlyCollection<string>? sites)
    {
        this.connection = connection;
        this.sites = sites;
    }

    /// <summary>Transaction id below which everything was certain when the last statement began; known for some sites only.</summary>
    public ulong Horizon { get; private set; }

    /// <summary>Runs a statement, in one round trip with the sites.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<NpgsqlDataReader> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        if (sites is null)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            return await command.ExecuteReaderAsync(cancellation);
        }

        var statement = new NpgsqlBatchCommand(sql);
        statement.Parameters.AddRange(parameters);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { SiteSettings.Command(sites), statement } };
        var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        Horizon = reader.GetFieldValue<ulong>(1);
        await reader.NextResultAsync(cancellation);
        return reader;
    }

    /// <summary>Runs a statement about versions.</summary>
    /// <param name="sql">The statement, which selects <see cref="StoredVersion.Columns"/>.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<List<StoredVersion>> ReadVersionsAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        await using var row = await ReadAsync(sql, parameters, cancellation);
        var versions = new List<StoredVersion>();
        while (await row.ReadAsync(cancellation))
        {
            versions.Add(StoredVersion.Read(row));
        }

        return versions;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
