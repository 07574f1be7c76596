using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project, with the endpoints that <c>Kestrel:Endpoints</c> of its own <c>appsettings.json</c> lists.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project file, relative to the AppHost's folder.</param>
    /// <param name="configure">How the project is taken in.</param>
    /// <returns>The project.</returns>
    /// <exception cref="DistributedApplicationException">The project file does not exist.</exception>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        configure(new ProjectResourceOptions());
        var project = new ProjectResource(name, Path.GetFullPath(projectPath, builder.AppHostDirectory));
        if (!File.Exists(project.ProjectPath))
        {
            throw new DistributedApplicationException($"The project of resource '{name}' does not exist: {project.ProjectPath}.");
        }

        project.Endpoints.AddRange(KestrelEndpoints.Read(project.Directory));
        return builder.AddResource(project);
    }
}
