namespace Equecel.Testing;

/// <summary>
/// A data folder fresh from initdb, kept beside the test assembly: a server starts on a copy, in a tenth of the time.
/// </summary>
internal static class PostgresTemplate
{
    /// <summary>The user that PostgreSQL runs as, because it refuses root; null when this process is not root.</summary>
    public static string? ServerUser { get; } = Environment.IsPrivilegedProcess ? "postgres" : null;

    /// <summary>What stands before a command so that it runs as <see cref="ServerUser"/>.</summary>
    public static string[] AsServerUser { get; } = ServerUser is null
        ? []
        : [ServerProgram.Get("setpriv", "util-linux"), "--reuid", ServerUser, "--regid", ServerUser, "--clear-groups", "--"];

    /// <summary>Makes a data folder that belongs to the server's user.</summary>
    /// <param name="programs">The folder of the PostgreSQL programs.</param>
    /// <param name="target">The data folder to make, inside a folder of the server's own.</param>
    public static void CopyTo(string programs, string target)
    {
        var major = Path.GetFileName(Path.GetDirectoryName(programs));
        var template = Path.Combine(AppContext.BaseDirectory, $"postgres-template-{major}");
        if (Directory.Exists(template))
        {
            Command.Run(["cp", "-a", template, target]);
            return;
        }

        Command.Run(["install", "-d", "-m", "700", "-o", ServerUser ?? Environment.UserName, target]);
        Command.Run([.. AsServerUser, Path.Combine(programs, "initdb"), "--pgdata", target, "--username=postgres", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]);

        // Another test, of this process or another, may do the same: the one that moves its copy first wins.
        var copy = $"{template}-{Guid.NewGuid():N}";
        Command.Run(["cp", "-a", target, copy]);
        Command.Run(["mv", "--no-clobber", "--no-target-directory", copy, template]);
        Command.Run(["rm", "-rf", copy]);
    }
}
