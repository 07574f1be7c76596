namespace Aspire.Hosting.Running;

/// <summary>Finds the programs of native servers.</summary>
internal static class ServerProgram
{
    /// <summary>Finds a program.</summary>
    /// <param name="name">File name.</param>
    /// <param name="package">The Debian package that has it.</param>
    /// <param name="folders">Where to look before the PATH.</param>
    /// <exception cref="DistributedApplicationException">It is not installed.</exception>
    public static string Find(string name, string package, params IEnumerable<string> folders) =>
        folders
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new DistributedApplicationException($"{name} is not installed: install the Debian package {package}.");
}
