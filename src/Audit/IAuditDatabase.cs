using Npgsql;

namespace Equecel.Audit;

/// <summary>The database of the service whose audit trail is kept.</summary>
public interface IAuditDatabase
{
    /// <summary>Opens a connection that may read and add audit events.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: it has not been reached yet.</exception>
    /// <exception cref="NpgsqlException">It cannot be reached now.</exception>
    ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Completes when its tables are there.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    Task WaitUntilMigratedAsync(CancellationToken cancellation);
}
