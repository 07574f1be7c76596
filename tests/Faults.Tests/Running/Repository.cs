using System.Reflection;

namespace Equecel.Faults.Tests.Running;

/// <summary>The repository that these tests were built in.</summary>
internal static class Repository
{
    /// <summary>How it was built.</summary>
    public static string Configuration { get; } = typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Its folder.</summary>
    public static string Root { get; } = Metadata("Repository");

    /// <summary>The feed that it was built with.</summary>
    public static string FeedProfile { get; } = Metadata("FeedProfile");

    /// <summary>The folder of a service's program.</summary>
    /// <param name="project">Name of its project.</param>
    public static string ProgramsOf(string project) => Path.Combine(Root, "src", project, "bin", Configuration, "net10.0");

    /// <summary>The program in a folder.</summary>
    /// <param name="programs">The folder.</param>
    public static string AssemblyIn(string programs)
    {
        const string suffix = ".runtimeconfig.json";
        var configuration = Directory.Exists(programs) ? Directory.EnumerateFiles(programs, "*" + suffix).SingleOrDefault() : null;
        return configuration is null
            ? throw new FileNotFoundException($"There is no program in {programs}: build the solution first.")
            : configuration[..^suffix.Length] + ".dll";
    }

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
