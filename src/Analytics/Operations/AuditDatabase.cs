using Equecel.Analytics.Cohort;
using Equecel.Audit;
using Equecel.ServiceDefaults;
using Npgsql;

namespace Equecel.Analytics.Operations;

/// <summary>Keeps the audit trail beside the stored versions. A rebuild leaves it alone.</summary>
internal sealed class AuditDatabase(NpgsqlDataSource database, LiveCohort live) : IAuditDatabase
{
    /// <inheritdoc/>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => live.Loaded.IsCompleted
        ? database.OpenConnectionAsync(cancellation)
        : throw RpcError.DependencyDown("The database of Analytics", TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    public Task WaitUntilMigratedAsync(CancellationToken cancellation) => live.Loaded.WaitAsync(cancellation);
}
