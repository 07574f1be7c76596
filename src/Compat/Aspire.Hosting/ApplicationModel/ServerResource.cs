namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server that the package it stands in for would run as a container, and that runs here as a native process.</summary>
public abstract class ServerResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithWaitSupport, IResourceWithConnectionString
{
    private protected ServerResource(string name, ParameterResource password)
        : base(name) => PasswordParameter = password;

    /// <summary>The password of the server's own user.</summary>
    public ParameterResource PasswordParameter { get; }

    /// <summary>TCP port on the loopback; zero until the application starts.</summary>
    internal int Port { get; set; }

    /// <summary>Whether what the server holds survives a stop of the application.</summary>
    internal bool KeepsData { get; set; }

    /// <summary>The server's connection string.</summary>
    internal abstract string ConnectionString { get; }

    /// <inheritdoc />
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(ConnectionString);
}
