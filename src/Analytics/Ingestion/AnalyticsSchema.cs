using Equecel.Audit;
using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>The tables of Analytics, the role that it runs as, and what that may do.</summary>
/// <param name="connectionString">Connection string of the migration role.</param>
internal sealed class AnalyticsSchema(string connectionString)
{
    /// <summary>The advisory lock by which instances take turns: any number that no other part of the platform locks.</summary>
    public const long SchemaLock = 0x45_51_41_4E;

    /// <summary>How the migration role connects.</summary>
    public NpgsqlConnectionStringBuilder Migration { get; } = new(AnalyticsDatabase.SettingsOf(connectionString).ConnectionString)
    {
        ApplicationName = "analytics.migration",
        Pooling = false,
    };

    /// <summary>Creates what is missing. Instances that start together take turns.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        var role = AnalyticsDatabase.RoleOf(Migration);
        var tables = await AnalyticsDatabase.ReadScriptAsync("Versions.sql") + await AnalyticsDatabase.ReadScriptAsync("Schema.sql") + await AuditExtensions.ReadSchemaAsync();
        var rights = (await AnalyticsDatabase.ReadScriptAsync("Roles.sql")).Replace("$service", role.Name, StringComparison.Ordinal);

        await using var connection = new NpgsqlConnection(Migration.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // An index that a large table is to have from now on takes as long as it takes.
        var script = $"set local statement_timeout = 0; select pg_advisory_xact_lock({SchemaLock}); {role.Sql} {tables} {rights}";
        await using var command = new NpgsqlCommand(script, connection);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
