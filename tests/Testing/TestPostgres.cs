using Npgsql;

namespace Equecel.Testing;

/// <summary>
/// A private PostgreSQL server for tests, with its durable default settings, reached over a Unix socket in its own folder.
/// As a fixture it is the one server of the test process.
/// </summary>
public sealed class TestPostgres : IAsyncLifetime
{
    private static readonly Lazy<Task<NativeServer>> Shared = new(StartServerAsync);
    private static int databases;

    private readonly bool own;
    private NativeServer? server;

    /// <summary>A fixture on the one server of this test process, which starts with the first fixture.</summary>
    public TestPostgres()
    {
    }

    private TestPostgres(NativeServer server)
    {
        own = true;
        this.server = server;
    }

    /// <summary>The folder of the PostgreSQL programs, e.g. for pgbench.</summary>
    public static string Programs { get; } = ServerProgram.GetPostgresFolder();

    /// <summary>Connects as the superuser to the database <c>postgres</c>.</summary>
    public string ConnectionString => ConnectionStringOf(Server);

    private NativeServer Server => server ?? throw new InvalidOperationException("Await InitializeAsync first.");

    /// <summary>Starts a server apart from the fixtures', for a test that breaks it.</summary>
    /// <returns>The running server; dispose of it.</returns>
    public static async Task<TestPostgres> StartOwnAsync() => new(await StartServerAsync());

    /// <inheritdoc />
    public async Task InitializeAsync() => server ??= await Shared.Value;

    /// <summary>Creates an empty database.</summary>
    /// <returns>A connection string of the superuser to it.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Lets roles in with their password only, where the server asks nobody for one otherwise.</summary>
    /// <param name="roles">Their names.</param>
    public async Task WantPasswordsAsync(params string[] roles)
    {
        var file = Path.Combine(Server.Folder, "data", "pg_hba.conf");
        var rules = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, $"local all {string.Join(',', roles)} scram-sha-256\n{rules}");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_reload_conf()", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Kills the server at once. Its databases stay for <see cref="StartAsync()"/>.</summary>
    public Task StopAsync() => Server.StopAsync();

    /// <summary>Starts the server again after <see cref="StopAsync"/>; it answers when the task ends.</summary>
    public Task StartAsync() => StartAsync(Server);

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        if (own)
        {
            Server.Dispose();
        }

        return Task.CompletedTask;
    }

    private static async Task<NativeServer> StartServerAsync()
    {
        var folder = NativeServer.CreateFolder("postgres");
        var data = Path.Combine(folder, "data");
        PostgresTemplate.CopyTo(Programs, data);
        // The socket lies in the data folder: nobody but the server's user and root gets in, and it needs no port. No JIT, as in the platform:
        // a backend that compiles its first statement loads a compiler for it.
        var server = new NativeServer(folder, [.. PostgresTemplate.AsServerUser, Path.Combine(Programs, "postgres"),
            "-D", data, "-k", data, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "jit=off", "-c", "log_checkpoints=off"]);
        await StartAsync(server);
        return server;
    }

    private static Task StartAsync(NativeServer server) => server.StartAsync(async () =>
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionStringOf(server) + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            // Not up yet.
            return false;
        }
    });

    private static string ConnectionStringOf(NativeServer server) =>
        $"Host={Path.Combine(server.Folder, "data")};Username=postgres;Database=postgres";
}
