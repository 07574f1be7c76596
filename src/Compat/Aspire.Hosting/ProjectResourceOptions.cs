namespace Aspire.Hosting;

/// <summary>How a project is taken into the application.</summary>
public class ProjectResourceOptions
{
    /// <summary>Leaves the project's launch profile out. Launch profiles are never read here, so this changes nothing.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}
