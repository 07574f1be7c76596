using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Equecel.Audit;

/// <summary>Ends a start that the database refuses, and that no waiting mends. A database that is not there yet is waited for.</summary>
public static class StartRefusal
{
    private const int Failed = 1;

    /// <summary>Ends the program, if the failure is of that kind, with one sentence on standard error.</summary>
    /// <param name="lifetime">The program's.</param>
    /// <param name="e">Why the database could not be prepared.</param>
    /// <param name="name">Name of the connection string, such as <c>safetydb</c>.</param>
    /// <param name="connection">How it was connected to.</param>
    /// <returns>Whether the program ends.</returns>
    public static bool Ends(this IHostApplicationLifetime lifetime, Exception e, string name, NpgsqlConnectionStringBuilder connection)
    {
        if (Find(e, name, connection) is not { } why)
        {
            return false;
        }

        Console.Error.WriteLine(why);
        Environment.ExitCode = Failed;

        // One that is asked to stop while it still starts throws instead.
        lifetime.ApplicationStarted.Register(lifetime.StopApplication);
        return true;
    }

    /// <summary>What the database refuses and what to do about it, without a password; null when the failure may be over by itself.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="name">Name of the connection string, such as <c>safetydb</c>.</param>
    /// <param name="connection">How it was connected to.</param>
    public static string? Find(Exception e, string name, NpgsqlConnectionStringBuilder connection)
    {
        var (user, database) = (connection.Username ?? Environment.UserName, connection.Database ?? connection.Username ?? Environment.UserName);
        return e switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } =>
                $"PostgreSQL refuses the password of the user '{user}': give the right one in ConnectionStrings__{name}.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } =>
                $"PostgreSQL does not let the user '{user}' in: create that role with LOGIN, admit it in pg_hba.conf, or name another in ConnectionStrings__{name}.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                $"PostgreSQL has no database '{database}': create it, or name another in ConnectionStrings__{name}.",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
                $"PostgreSQL does not let the user '{user}' set up the database '{database}': let it own the database and create roles, or name another in ConnectionStrings__{name}.",

            // The library asks for it before the server can refuse, and tells it by its words alone.
            NpgsqlException { InnerException: null } when string.IsNullOrEmpty(connection.Password) && e.Message.StartsWith("No password", StringComparison.Ordinal) =>
                $"PostgreSQL wants a password of the user '{user}': give it in ConnectionStrings__{name}.",
            _ => null,
        };
    }
}
