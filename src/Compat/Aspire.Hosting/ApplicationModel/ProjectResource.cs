namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project that is run as a process.</summary>
public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    internal ProjectResource(string name, string projectPath)
        : base(name) => ProjectPath = projectPath;

    /// <summary>Full path of the project file.</summary>
    internal string ProjectPath { get; }

    /// <summary>Folder of the project file.</summary>
    internal string Directory => Path.GetDirectoryName(ProjectPath)!;

    /// <summary>What the project listens on.</summary>
    internal List<EndpointAnnotation> Endpoints { get; } = [];

    /// <summary>Where and how readiness is asked for; null when running is ready enough.</summary>
    internal (EndpointAnnotation Endpoint, string Path, int StatusCode)? HealthCheck { get; set; }

    internal override string Kind => "project";
}
