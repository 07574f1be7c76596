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
        // A session that the server could not begin, or gave up, over something of its own, such as a file that a full disk does not take.
        PostgresException { SqlState: PostgresErrorCodes.InternalError, InvariantSeverity: "FATAL" or "PANIC" } => true,
        PostgresException refusal => refusal.IsTransient,
        NpgsqlOperationInProgressException => false,
        _ => e is NpgsqlException or TimeoutException,
    };
}
