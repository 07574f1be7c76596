using Npgsql;

namespace Equecel.Audit;

/// <summary>Tells an outage of the database from what it refuses.</summary>
public static class DatabaseFailure
{
    /// <summary>Whether a failure may be over when the same is tried again.</summary>
    /// <param name="e">The failure.</param>
    /// <remarks>What PostgreSQL itself refuses says so. All else ends the connection: that what came on it could not be read, too.</remarks>
    public static bool IsTransient(Exception e) => e switch
    {
        PostgresException refusal => refusal.IsTransient,
        NpgsqlOperationInProgressException => false,
        _ => e is NpgsqlException or TimeoutException,
    };
}
