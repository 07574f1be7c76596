using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>Analytics' own database.</summary>
internal static class AnalyticsDatabase
{
    // Any number that no other part of the platform locks.
    private const long SchemaLock = 0x45_51_41_4E;

    /// <summary>Opens it. Nothing is connected yet.</summary>
    /// <param name="connectionString">Connection string; what it leaves out is set here.</param>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(
            $"Maximum Pool Size=8;Timeout=5;Command Timeout=15;Max Auto Prepare=16;Auto Prepare Min Usages=2;Application Name=analytics;"
            + $"GSS Encryption Mode=Disable;Options=-c idle_in_transaction_session_timeout=15s -c enable_seqscan=off;{connectionString}");
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>Creates what is missing. Instances that start together take turns.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public static async Task CreateSchemaAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var resource = typeof(AnalyticsDatabase).Assembly.GetManifestResourceStream(typeof(AnalyticsDatabase), "Schema.sql")!;
        using var reader = new StreamReader(resource);
        var schema = await reader.ReadToEndAsync(cancellation);

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock({SchemaLock}); {schema}", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
