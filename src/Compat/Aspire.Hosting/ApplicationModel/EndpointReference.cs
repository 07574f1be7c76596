namespace Aspire.Hosting.ApplicationModel;

/// <summary>Refers to an endpoint whose address is known once the application starts.</summary>
public sealed class EndpointReference
{
    private readonly ProjectResource project;

    internal EndpointReference(ProjectResource project, string endpointName) => (this.project, EndpointName) = (project, endpointName);

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>The resource that has it.</summary>
    public IResourceWithEndpoints Resource => project;

    /// <summary>The address, such as <c>http://localhost:21034</c>.</summary>
    /// <exception cref="DistributedApplicationException">The resource has no endpoint of that name.</exception>
    public string Url => project.Endpoints.Find(e => e.Name == EndpointName)?.Url
        ?? throw new DistributedApplicationException($"Resource '{project.Name}' has no endpoint '{EndpointName}'.");
}
