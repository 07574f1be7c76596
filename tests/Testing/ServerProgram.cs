namespace Equecel.Testing;

/// <summary>Finds the programs of the servers that tests run on.</summary>
internal static class ServerProgram
{
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/local/bin", "/usr/sbin", "/usr/bin"];

    /// <summary>The path of a program.</summary>
    /// <param name="name">Its file name, e.g. <c>redis-server</c>.</param>
    /// <param name="package">The Debian package that brings it, named when it is missing.</param>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Get(string name, string package) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw Missing(name, package);

    /// <summary>The folder of the newest PostgreSQL programs.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed.</exception>
    public static string GetPostgresFolder()
    {
        // Debian keeps them beside each other by major version and off the path.
        const string root = "/usr/lib/postgresql";
        var newest = Directory.Exists(root)
            ? Directory.GetDirectories(root)
                .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
                .MaxBy(folder => int.TryParse(Path.GetFileName(folder), out var major) ? major : 0)
            : null;
        return newest is null ? Path.GetDirectoryName(Get("initdb", "postgresql"))! : Path.Combine(newest, "bin");
    }

    private static InvalidOperationException Missing(string name, string package) =>
        new($"The program {name} is missing: run eng/setup, or install the Debian package {package}.");
}
