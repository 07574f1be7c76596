namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server.</summary>
public class PostgresServerResource : ServerResource
{
    internal PostgresServerResource(string name, ParameterResource password)
        : base(name, password)
    {
    }

    /// <summary>The databases that the application has on this server.</summary>
    internal List<PostgresDatabaseResource> Databases { get; } = [];

    internal override string Kind => "PostgreSQL";

    internal override string ConnectionString =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Password={PasswordParameter.Value}";
}
