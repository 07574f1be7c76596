using System.Security.Cryptography;
using System.Text;
using Equecel.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equecel.Records.Store;

/// <summary>The PostgreSQL database of one capture service: brings the schema up to date, then opens connections as the service's own role.</summary>
internal sealed class RecordDatabase : BackgroundService, IHealthCheck
{
    private const long MigrationLock = 7_301_001;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string adminConnectionString;
    private readonly NpgsqlDataSource dataSource;
    private readonly string role;
    private readonly string rolePassword;
    private readonly ILogger logger;
    private readonly TaskCompletionSource migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RecordDatabase(RecordsOptions options, IConfiguration configuration, ILogger<RecordDatabase> logger)
    {
        this.logger = logger;
        var admin = new NpgsqlConnectionStringBuilder(
            configuration.GetConnectionString(options.Database)
            ?? throw new InvalidOperationException($"Set ConnectionStrings__{options.Database} to the PostgreSQL database of {options.Service}."))
        {
            ApplicationName = $"{options.Service}.migration",
            Pooling = false,
            Timeout = 5,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        adminConnectionString = admin.ConnectionString;
        role = $"{options.Service}_service";
        rolePassword = Derive(admin.Password, role);

        Service = new NpgsqlConnectionStringBuilder(admin.ConnectionString)
        {
            ApplicationName = options.Service,
            Username = role,
            Password = rolePassword,
            Pooling = true,
            MaxPoolSize = 12,
            CommandTimeout = 15,
            KeepAlive = 15,
            MaxAutoPrepare = 30,
            AutoPrepareMinUsages = 2,
            // Every statement here looks into indexes. Left to statistics that are older than the rows, the planner would read whole tables.
            Options = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s "
                + "-c enable_seqscan=off -c plan_cache_mode=force_generic_plan",
        };
        dataSource = new NpgsqlDataSourceBuilder(Service.ConnectionString).Build();
    }

    /// <summary>How the service's role connects.</summary>
    public NpgsqlConnectionStringBuilder Service { get; }

    /// <summary>Opens a pooled connection once the schema is there.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database has not been reached yet.</exception>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        if (!migrated.Task.IsCompleted)
        {
            await Task.WhenAny(migrated.Task, Task.Delay(TimeSpan.FromSeconds(5), cancellation));
            if (!migrated.Task.IsCompleted)
            {
                throw Down();
            }
        }

        return await dataSource.OpenConnectionAsync(cancellation);
    }

    /// <summary>Completes when the schema is there.</summary>
    public Task WaitUntilMigratedAsync(CancellationToken cancellation) => migrated.Task.WaitAsync(cancellation);

    /// <summary>That the database cannot be reached: UNAVAILABLE.</summary>
    public static Grpc.Core.RpcException Down() => RpcError.DependencyDown("The record database", RetryAfter);

    /// <summary>Whether a failure of the database may be over when the same is tried again.</summary>
    public static bool IsTransient(Exception e) => e is NpgsqlException { IsTransient: true } or TimeoutException;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!migrated.Task.IsCompletedSuccessfully)
        {
            return HealthCheckResult.Unhealthy("The schema is not up to date yet.");
        }

        try
        {
            await using var command = dataSource.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("The record database cannot be reached.");
        }
    }

    public override void Dispose()
    {
        dataSource.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 0; !migrated.Task.IsCompleted; attempt++)
        {
            try
            {
                await MigrateAsync(stoppingToken);
                migrated.SetResult();
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                if (attempt % 50 == 0)
                {
                    logger.LogWarning("The record database is not ready: {SqlState}", (e as PostgresException)?.SqlState ?? "no connection");
                }

                await Task.Delay(100, stoppingToken);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        using var reader = new StreamReader(typeof(RecordDatabase).Assembly.GetManifestResourceStream("Schema.sql")!);
        var schema = (await reader.ReadToEndAsync(cancellation)).Replace("$role", role, StringComparison.Ordinal);

        await using var connection = new NpgsqlConnection(adminConnectionString);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Roles belong to the server: the lock is taken on a number that all services share.
        await ExecuteAsync($"select pg_advisory_xact_lock({MigrationLock})");
        await ExecuteAsync($"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{role}') then
                    create role "{role}" login password '{rolePassword}';
                end if;
            end $$
            """);
        await ExecuteAsync($"alter role \"{role}\" password '{rolePassword}'");
        await ExecuteAsync(schema);
        await transaction.CommitAsync(cancellation);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>The role's password follows from the migration role's, so that every instance knows it and nobody stores it.</summary>
    private static string Derive(string? secret, string role) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""), Encoding.UTF8.GetBytes($"equecel:{role}")));
}
