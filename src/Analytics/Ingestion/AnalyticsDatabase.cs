using Equecel.Audit;
using Equecel.ServiceDefaults;
using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>Analytics' own database.</summary>
internal static class AnalyticsDatabase
{
    /// <summary>Name of its connection string, which is the migration role's.</summary>
    public const string Name = "analyticsdb";

    /// <summary>The schema that keeps what a rebuild replaced, until the next.</summary>
    public const string Before = "before_rebuild";

    /// <summary>Opens it as the role that the service runs as. Nothing is connected yet.</summary>
    /// <param name="connectionString">Connection string of the migration role; what it leaves out is set here.</param>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var settings = SettingsOf(connectionString);
        var role = RoleOf(settings);
        (settings.Username, settings.Password) = (role.Name, role.Password);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>How it is connected to.</summary>
    /// <param name="connectionString">Connection string; what it leaves out is set here.</param>
    /// <remarks>Kept from sequential scans, the planner finds costs at which a server compiles a statement, which takes longer than most statements.</remarks>
    public static NpgsqlConnectionStringBuilder SettingsOf(string connectionString) => new(
        $"Maximum Pool Size=8;Timeout=5;Command Timeout=15;Max Auto Prepare=16;Auto Prepare Min Usages=2;Application Name=analytics;"
        + $"GSS Encryption Mode=Disable;Options=-c statement_timeout=30s -c client_connection_check_interval=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s -c enable_seqscan=off -c jit=off;{connectionString}");

    /// <summary>The role that the service runs as.</summary>
    /// <param name="migration">How the migration role connects.</param>
    public static LoginRole RoleOf(NpgsqlConnectionStringBuilder migration) => new("analytics_service", migration.Password);

    /// <summary>Opens it with the tables of a rebuild in the place of those that serve.</summary>
    /// <param name="connectionString">Connection string, as for <see cref="Open"/>.</param>
    /// <param name="schema">The schema that holds the rebuild.</param>
    public static NpgsqlDataSource OpenRebuild(string connectionString, string schema) =>
        Open($"{connectionString};Search Path={schema},public;Maximum Pool Size=4;Application Name=analytics.rebuild");

    /// <summary>Opens a connection for statements about the whole study, however large it is and long they take. The pool takes the settings back.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public static async Task<NpgsqlConnection> OpenUnlimitedAsync(this NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand("set statement_timeout = 0", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    /// <summary>Asks something for a caller.</summary>
    /// <typeparam name="T">What is answered.</typeparam>
    /// <param name="ask">Asks.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be used.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NpgsqlException)
        {
            throw RpcError.DependencyDown("The database of Analytics", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Reads a script of the service.</summary>
    /// <param name="name">Its name.</param>
    public static async Task<string> ReadScriptAsync(string name)
    {
        await using var resource = typeof(AnalyticsDatabase).Assembly.GetManifestResourceStream(typeof(AnalyticsDatabase), name)!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync();
    }
}
