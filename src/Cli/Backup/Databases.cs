using Npgsql;

namespace Equecel.Cli.Backup;

/// <summary>The databases of a running PostgreSQL, as its own user sees them.</summary>
/// <param name="connectionString">How to reach the server.</param>
internal sealed class Databases(string connectionString)
{
    /// <summary>Those of a server on a port of loopback.</summary>
    public static Databases On(int port, string password) =>
        new($"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Pooling=false;Timeout=5;Command Timeout=0;GSS Encryption Mode=Disable;Application Name=equecel");

    /// <summary>Names of the databases that hold a journal.</summary>
    public Task<IReadOnlyList<string>> JournalsAsync(CancellationToken cancellation) =>
        WhereAsync("to_regclass('journal') is not null and to_regclass('records') is not null", cancellation);

    /// <summary>Names of the databases that hold an audit trail, and no journal.</summary>
    public Task<IReadOnlyList<string>> AuditTrailsAsync(CancellationToken cancellation) =>
        WhereAsync("to_regclass('audit_events') is not null and to_regclass('journal') is null", cancellation);

    /// <summary>Counts what a journal holds.</summary>
    public async Task<JournalCount> CountAsync(string database, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(database, cancellation);
        await using var command = new NpgsqlCommand("select count(*), max(save_time) from journal", connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new JournalCount(database, row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>Asks for one value.</summary>
    public async Task<T> AskAsync<T>(string database, string sql, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(database, cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return row.GetFieldValue<T>(0);
    }

    /// <summary>Does something.</summary>
    /// <returns>Number of rows that it touched.</returns>
    public async Task<int> DoAsync(string database, string sql, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(database, cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<IReadOnlyList<string>> WhereAsync(string condition, CancellationToken cancellation)
    {
        var found = new List<string>();
        var names = await AskAsync<string[]>("postgres", "select array_agg(datname::text order by datname) from pg_database where datallowconn and not datistemplate", cancellation);
        foreach (var name in names)
        {
            if (await AskAsync<bool>(name, $"select {condition}", cancellation))
            {
                found.Add(name);
            }
        }

        return found;
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection($"{connectionString};Database={database}");
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
