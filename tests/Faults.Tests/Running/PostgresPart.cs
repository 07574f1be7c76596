using Npgsql;

namespace Equecel.Faults.Tests.Running;

/// <summary>The PostgreSQL server, durable as by default, with a database for each service.</summary>
/// <param name="folder">The folder of the whole platform.</param>
/// <param name="databases">The databases.</param>
internal sealed class PostgresPart(string folder, IReadOnlyList<string> databases) : Part("postgres", folder)
{
    private readonly SmallDisk disk = new(Path.Combine(folder, "postgres"));
    private bool complete;

    /// <summary>Its port.</summary>
    public int Port { get; } = FreePort.Take();

    /// <summary>The disk that its data lies on.</summary>
    public SmallDisk Disk => disk;

    /// <summary>Its data folder.</summary>
    public string Data => Path.Combine(disk.Folder, "data");

    /// <summary>Further settings, which hold from the next start on.</summary>
    public List<string> Settings { get; } = [];

    /// <inheritdoc/>
    protected override Signal StopSignal => Signal.Interrupt;

    /// <summary>How the examiner connects, past every link: as superuser.</summary>
    /// <param name="database">The database.</param>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false;Timeout=5;Command Timeout=60;Application Name=examiner;GSS Encryption Mode=Disable";

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the sessions of everybody, after something that keeps others from being let in.</summary>
    /// <param name="before">Does it.</param>
    /// <returns>What it says.</returns>
    public async Task<bool> EndSessionsAsync(Func<bool> before)
    {
        bool? done = null;
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync();
            done = before();
            await using var command = new NpgsqlCommand(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()", connection);
            await command.ExecuteScalarAsync();
        }
        catch (NpgsqlException)
        {
            // Another fault has it.
        }

        return done ?? before();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await disk.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override Launch Prepare()
    {
        if (!Directory.Exists(Data))
        {
            PostgresTemplate.CopyTo(TestPostgres.Programs, Data);
        }

        string[] settings =
        [
            "listen_addresses=127.0.0.1", "unix_socket_directories=", $"port={Port}", "max_connections=150", "jit=off", "idle_in_transaction_session_timeout=15s",
            "log_checkpoints=off", "max_wal_size=128MB", .. Settings,
        ];
        return new Launch(Path.Combine(TestPostgres.Programs, "postgres"), ["-D", Data, .. settings.SelectMany(setting => (string[])["-c", setting])], "/")
        {
            User = PostgresTemplate.ServerUser,
        };
    }

    /// <inheritdoc/>
    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            foreach (var database in complete ? [] : databases)
            {
                await CreateAsync(database);
            }

            await ExecuteAsync("postgres", "select 1");
            return complete = true;
        }
        catch (NpgsqlException)
        {
            // Not up yet.
            return false;
        }
    }

    private async Task CreateAsync(string database)
    {
        try
        {
            await ExecuteAsync("postgres", $"create database {database}");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // Made before.
        }
    }
}
