using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Collects the resources of an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The AppHost's own configuration: <c>appsettings.json</c>, environment, command line; later ones win.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>Folder of the AppHost project; relative project paths start here.</summary>
    string AppHostDirectory { get; }

    /// <summary>Adds a resource.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="resource">The resource; its name must not be taken.</param>
    /// <returns>What describes it further.</returns>
    /// <exception cref="DistributedApplicationException">The name is taken.</exception>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>Ends the description.</summary>
    /// <returns>The application, not yet started.</returns>
    DistributedApplication Build();
}
