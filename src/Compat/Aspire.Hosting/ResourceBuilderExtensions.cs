using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Describes resources further: what they need, are told, and listen on.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Sets an environment variable.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value; null means empty.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.Set(name, () => value ?? "");

    /// <summary>Sets an environment variable to the address of an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="endpointReference">The endpoint.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment => builder.Set(name, () => endpointReference.Url);

    /// <summary>Sets an environment variable to the value of a parameter.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment => builder.Set(name, () => parameter.Resource.Value);

    /// <summary>Adds command line arguments.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="args">The arguments; nothing secret, since every user of the machine sees them.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs
    {
        builder.Described().Arguments.AddRange(args);
        return builder;
    }

    /// <summary>Tells a resource how to reach a server or database, as <c>ConnectionStrings__name</c>.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The server or database.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        builder.Described().Uses.Add(source.Described());
        // Every stand-in answers at once.
        return builder.Set($"ConnectionStrings__{source.Resource.Name}", () => source.Resource.GetConnectionStringAsync().AsTask().Result ?? "");
    }

    /// <summary>Tells a resource the addresses of a project, as <c>services__name__endpoint__0</c>.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The project.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        builder.Described().Uses.Add(source.Described());
        foreach (var endpoint in ((ProjectResource)source.Resource).Endpoints)
        {
            builder.Set($"services__{source.Resource.Name}__{endpoint.Name}__0", () => endpoint.Url);
        }

        return builder;
    }

    /// <summary>Holds a resource back until another is ready.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource that waits.</param>
    /// <param name="dependency">The one that is waited for: running and, where it has a health check, healthy.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        builder.Described().WaitsFor.Add(dependency.Described());
        return builder;
    }

    /// <summary>Refers to an endpoint by its name.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource that has it.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <returns>The reference; its address is known once the application starts.</returns>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => new((ProjectResource)builder.Described(), name);

    /// <summary>Changes an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="callback">Makes the change.</param>
    /// <returns>The same resource.</returns>
    /// <exception cref="DistributedApplicationException">The resource has no endpoint of that name.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(callback);
        callback(Endpoint((ProjectResource)builder.Described(), endpointName));
        return builder;
    }

    /// <summary>Marks a resource's endpoints as used from outside the application.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The same resource.</returns>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        ((ProjectResource)builder.Described()).Endpoints.ForEach(endpoint => endpoint.IsExternal = true);
        return builder;
    }

    /// <summary>Makes a resource ready only once a GET of an address answers as expected.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; the root when not given.</param>
    /// <param name="statusCode">The expected status; 200 when not given.</param>
    /// <param name="endpointName">The endpoint; when not given, the one named <c>https</c>, else the one named <c>http</c>.</param>
    /// <returns>The same resource.</returns>
    /// <exception cref="DistributedApplicationException">The resource has no such endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var project = (ProjectResource)builder.Described();
        endpointName ??= project.Endpoints.Exists(e => e.Name == "https") ? "https" : "http";
        project.HealthCheck = (Endpoint(project, endpointName), path ?? "/", statusCode ?? 200);
        return builder;
    }

    private static EndpointAnnotation Endpoint(ProjectResource project, string name) =>
        project.Endpoints.Find(e => e.Name == name)
        ?? throw new DistributedApplicationException($"Resource '{project.Name}' has no endpoint '{name}': declare it under Kestrel:Endpoints in its appsettings.json.");

    private static IResourceBuilder<T> Set<T>(this IResourceBuilder<T> builder, string name, Func<string> value)
        where T : IResource
    {
        builder.Described().Environment[name] = value;
        return builder;
    }

    private static Resource Described<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return (Resource)(object)builder.Resource;
    }
}
