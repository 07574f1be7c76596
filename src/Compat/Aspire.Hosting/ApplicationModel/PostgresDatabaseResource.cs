namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database on a PostgreSQL server, created when the server is first ready.</summary>
public class PostgresDatabaseResource : Resource, IResourceWithConnectionString
{
    internal PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent)
        : base(name) => (DatabaseName, Parent) = (databaseName, parent);

    /// <summary>The database's name on the server.</summary>
    public string DatabaseName { get; }

    /// <summary>The server.</summary>
    public PostgresServerResource Parent { get; }

    internal override Resource Host => Parent;

    internal override string Kind => "database";

    /// <inheritdoc />
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        new($"{Parent.ConnectionString};Database={DatabaseName}");
}
