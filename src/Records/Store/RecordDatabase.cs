using System.Diagnostics;
using Equecel.Audit;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equecel.Records.Store;

/// <summary>The PostgreSQL database of one capture service: brings the schema up to date, then opens connections as the service's own role.</summary>
internal sealed class RecordDatabase : BackgroundService, IHealthCheck, IAuditDatabase
{
    /// <summary>Version of the schema that this program needs and makes. It only ever adds, so a newer one serves as well.</summary>
    public const int SchemaVersion = 6;

    private const long MigrationLock = 7_301_001;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthKeptFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthLimit = TimeSpan.FromSeconds(2);

    private readonly NpgsqlConnectionStringBuilder admin;
    private readonly string connectionName;
    private readonly IHostApplicationLifetime lifetime;
    private readonly NpgsqlDataSource dataSource;
    private readonly NpgsqlDataSource readerSource;
    private readonly ServiceRoles roles;
    private readonly RecordContract contract;
    private readonly ILogger logger;
    private volatile KnownHealth? health;
    private volatile string? failure;
    private readonly TaskCompletionSource migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RecordDatabase(
        RecordsOptions options, RecordContract contract, IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<RecordDatabase> logger)
    {
        (this.contract, this.lifetime, this.logger, connectionName) = (contract, lifetime, logger, options.Database);
        admin = new NpgsqlConnectionStringBuilder(
            configuration.GetConnectionString(options.Database)
            ?? throw new InvalidOperationException($"Set ConnectionStrings__{options.Database} to the PostgreSQL database of {options.Service}."))
        {
            ApplicationName = $"{options.Service}.migration",
            Pooling = false,
            Timeout = 5,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        roles = new ServiceRoles(options.Service, admin.Password);
        TokenKey = roles.TokenKey;
        DirectoryKey = roles.DirectoryKey;

        Service = new NpgsqlConnectionStringBuilder(admin.ConnectionString)
        {
            ApplicationName = options.Service,
            Username = roles.Service,
            Password = roles.PasswordOf(roles.Service),
            Pooling = true,
            MaxPoolSize = 12,
            CommandTimeout = 15,
            KeepAlive = 15,
            MaxAutoPrepare = 30,
            AutoPrepareMinUsages = 2,
            // Every statement here looks into indexes. Left to statistics that are older than the rows, the planner would read whole tables; kept from
            // that, it finds costs at which a server compiles a statement, which takes longer than the statement.
            Options = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s "
                + "-c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan",
        };
        Reader = new NpgsqlConnectionStringBuilder(Service.ConnectionString)
        {
            Username = roles.Reader,
            Password = roles.PasswordOf(roles.Reader),
            MaxPoolSize = 8,
        };
        dataSource = new NpgsqlDataSourceBuilder(Service.ConnectionString).Build();
        readerSource = new NpgsqlDataSourceBuilder(Reader.ConnectionString).Build();
    }

    /// <summary>How the service's role connects: it sees and adds the rows of the sites that a transaction names.</summary>
    public NpgsqlConnectionStringBuilder Service { get; }

    /// <summary>How the role connects that reads the rows of all sites, and adds none: for the relay, the proof, and callers who see all sites.</summary>
    public NpgsqlConnectionStringBuilder Reader { get; }

    /// <summary>Key of page and resume tokens. It stays the same as long as the migration role keeps its password.</summary>
    public byte[] TokenKey { get; }

    /// <summary>Key by which what is known of participants is sealed in the cache. It stays the same as long.</summary>
    public byte[] DirectoryKey { get; }

    /// <summary>Opens a pooled connection of the service's role once the schema is there. Name the sites first (<see cref="SiteSettings"/>): without, it sees no rows.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database has not been reached yet.</exception>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        await WaitAsync(cancellation);
        return await dataSource.OpenConnectionAsync(cancellation);
    }

    /// <summary>Opens a pooled connection of the role that reads the rows of all sites.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database has not been reached yet.</exception>
    public async ValueTask<NpgsqlConnection> OpenReaderAsync(CancellationToken cancellation)
    {
        await WaitAsync(cancellation);
        return await readerSource.OpenConnectionAsync(cancellation);
    }

    /// <summary>The same for a statement that reads the whole journal, however long it takes. The pool takes the settings back.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database has not been reached yet.</exception>
    public async ValueTask<NpgsqlConnection> OpenUnlimitedReaderAsync(CancellationToken cancellation)
    {
        var connection = await OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand("set statement_timeout = 0; set enable_seqscan = on; set plan_cache_mode = auto", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    /// <summary>Opens a session that reads what a caller may see.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database has not been reached yet.</exception>
    public async ValueTask<SiteSession> OpenAsync(SiteScope scope, CancellationToken cancellation) => scope.Site is { } site
        ? new SiteSession(await OpenAsync(cancellation), [site])
        : new SiteSession(await OpenReaderAsync(cancellation), sites: null);

    /// <summary>Completes when the schema is there.</summary>
    public Task WaitUntilMigratedAsync(CancellationToken cancellation) => migrated.Task.WaitAsync(cancellation);

    /// <summary>That the database cannot be reached: UNAVAILABLE.</summary>
    public static Grpc.Core.RpcException Down() => RpcError.DependencyDown("The record database", RetryAfter);

    private async ValueTask WaitAsync(CancellationToken cancellation)
    {
        if (!migrated.Task.IsCompleted)
        {
            await Task.WhenAny(migrated.Task, Task.Delay(TimeSpan.FromSeconds(5), cancellation));
            if (!migrated.Task.IsCompleted)
            {
                throw Down();
            }
        }
    }

    /// <summary>Whether the database answers and has the schema. Anyone may ask, so the answer is kept for a second.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!migrated.Task.IsCompletedSuccessfully)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(
                failure is { } why ? $"The schema cannot be brought up to date: {why}" : "The schema is not up to date yet."));
        }

        var known = health;
        return known is not null && Stopwatch.GetElapsedTime(known.At) < HealthKeptFor
            ? known.Answer
            : (health = new(AskHealthAsync(), Stopwatch.GetTimestamp())).Answer;
    }

    private async Task<HealthCheckResult> AskHealthAsync()
    {
        using var limit = new CancellationTokenSource(HealthLimit);
        try
        {
            await using var command = dataSource.CreateCommand("select version from schema_version");
            var version = await command.ExecuteScalarAsync(limit.Token) as int?;
            return version >= SchemaVersion
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The schema is at version {version}; this program needs {SchemaVersion}.");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The record database cannot be reached.");
        }
    }

    public override void Dispose()
    {
        dataSource.Dispose();
        readerSource.Dispose();
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
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (lifetime.Ends(e, connectionName, admin))
                {
                    return;
                }

                // What else is not over by itself is told where operators look: the same will fail again.
                failure = e is PostgresException { IsTransient: false } refusal ? $"{refusal.SqlState} {refusal.MessageText}" : null;
                var name = BackgroundFailure.Count("migration", e);
                if (attempt % 50 == 0)
                {
                    logger.LogWarning("The record database is not ready: {SqlState}", name);
                }

                await Task.Delay(100, stoppingToken);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Roles belong to the server: the lock is taken on a number that all services share.
        await ExecuteAsync($"select pg_advisory_xact_lock({MigrationLock})");
        await ExecuteAsync(roles.Sql());
        // What is there is left alone: a change of a table would make every save wait for whoever reads it. A newer program's schema holds all that this one needs.
        if (!await AskAsync("select to_regclass('schema_version') is not null") || !await AskAsync($"select max(version) >= {SchemaVersion} from schema_version"))
        {
            await ExecuteAsync("set local lock_timeout = '5s'");
            await ExecuteAsync(await AuditExtensions.ReadSchemaAsync());
            foreach (var script in (string[])["Schema.sql", "Changes.sql", "Policies.sql"])
            {
                await ExecuteAsync(await ReadScriptAsync(script, cancellation));
            }

            await ExecuteAsync($"insert into schema_version (only_row, version) values (true, {SchemaVersion}) on conflict (only_row) do update set version = excluded.version");
        }

        await FormLayout.WriteAsync(connection, contract.Layout, cancellation);
        if (await CurrentState.RebuildAsync(connection, contract, cancellation) is > 0 and var count)
        {
            logger.LogInformation("The current state was empty: {Count} records were made anew from the journal", count);
        }

        await transaction.CommitAsync(cancellation);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        async Task<bool> AskAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return await command.ExecuteScalarAsync(cancellation) is true;
        }
    }

    private async Task<string> ReadScriptAsync(string name, CancellationToken cancellation)
    {
        using var reader = new StreamReader(typeof(RecordDatabase).Assembly.GetManifestResourceStream(name)!);
        return roles.FillIn(await reader.ReadToEndAsync(cancellation));
    }

    private sealed record KnownHealth(Task<HealthCheckResult> Answer, long At);
}
