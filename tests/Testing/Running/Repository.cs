using System.Reflection;

namespace Equecel.Testing.Running;

/// <summary>The programs of the repository, built the way that these tests are.</summary>
public static class Repository
{
    private static readonly string Configuration =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Finds a program.</summary>
    /// <param name="project">Folder of its project.</param>
    /// <param name="assembly">Its assembly, with the extension.</param>
    public static string Program(string project, string assembly)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "EquecelPlatform.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("The tests do not lie in the repository.");
        }

        return Path.Combine(root.FullName, project, "bin", Configuration, "net10.0", assembly);
    }
}
