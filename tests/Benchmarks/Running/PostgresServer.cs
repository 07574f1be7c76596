using Npgsql;

namespace Equecel.Benchmarks.Running;

/// <summary>The PostgreSQL server of the platform, as its administrator.</summary>
/// <param name="Port">Its port on the loopback.</param>
/// <param name="Password">Password of <c>postgres</c>.</param>
internal sealed record PostgresServer(int Port, string Password)
{
    /// <summary>The services' databases, each with the table that has a row for every version.</summary>
    public static IReadOnlyList<(string Database, string Versions)> Versions { get; } =
    [
        ("enrolmentdb", "journal"), ("assessmentdb", "journal"), ("safetydb", "journal"), ("questionnairedb", "journal"), ("analyticsdb", "record_versions"),
    ];

    /// <summary>How a service reaches a database; the rest it sets itself.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Password = Password,
        Database = database,
    }.ConnectionString;

    /// <summary>Opens a connection to a database.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(database))
        {
            ApplicationName = "benchmarks",
            CommandTimeout = 300,
            Pooling = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <summary>Runs statements.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(database, cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Makes an empty database, in the place of one of that name.</summary>
    public async Task CreateAsync(string database, CancellationToken cancellation)
    {
        await DropAsync(database, cancellation);
        await ExecuteAsync("postgres", $"create database {database}", cancellation);
    }

    /// <summary>Removes a database.</summary>
    public Task DropAsync(string database, CancellationToken cancellation) =>
        ExecuteAsync("postgres", $"drop database if exists {database} with (force)", cancellation);

    /// <summary>Versions that the journals of the capture services hold.</summary>
    public async Task<long> CountVersionsAsync(CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var (database, _) in Versions.Where(one => one.Versions == "journal"))
        {
            await using var connection = await OpenAsync(database, cancellation);
            await using var command = new NpgsqlCommand("select count(*) from journal", connection);
            count += (long)(await command.ExecuteScalarAsync(cancellation))!;
        }

        return count;
    }
}
