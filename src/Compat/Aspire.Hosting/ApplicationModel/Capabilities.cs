namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that the application consists of: a server, a database on it, a project, a parameter.</summary>
public interface IResource
{
    /// <summary>Name: 1 to 64 ASCII letters, digits and hyphens, a letter first.</summary>
    string Name { get; }
}

/// <summary>A resource that gets environment variables when it starts.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that gets command line arguments when it starts.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens on named endpoints.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource whose endpoints others find by its name, as <c>services:name:endpoint:0</c>.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>A resource that can be held back until others are ready.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that others reach by a connection string, <c>ConnectionStrings:name</c>.</summary>
public interface IResourceWithConnectionString : IResource
{
    /// <summary>Gives the connection string, with its password; known once the application starts.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection string in the form that the server's own client reads.</returns>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
}
