namespace Aspire.Hosting.Running;

/// <summary>The folder that holds everything the application keeps; one host at a time uses it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream gate;

    private DataFolder(string root, FileStream gate) => (Root, this.gate) = (root, gate);

    /// <summary>Full path.</summary>
    public string Root { get; }

    /// <summary>Generated passwords and secrets.</summary>
    public string SecretsFile => Path.Combine(Root, "secrets.json");

    /// <summary>Where the running application is found.</summary>
    public string PlatformFile => Path.Combine(Root, "platform.json");

    /// <summary>Log files, one a resource.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Which processes were started.</summary>
    public string Processes => Path.Combine(Root, "run");

    /// <summary>Makes the folder where needed and takes it for this host.</summary>
    /// <exception cref="DistributedApplicationException">Another host uses it, it is somebody else's, or this user may not.</exception>
    public static DataFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        if (Directory.Exists(root) && ServerAccount.FindOtherOwner(root) is { } owner)
        {
            // Its servers' folders would go to other users, and who owns it could not start them again.
            throw new DistributedApplicationException($"The data folder {root} belongs to user {owner}: start the platform as that user, or choose another folder with EQUECEL_DATA.");
        }

        try
        {
            Directory.CreateDirectory(root, Passable);
            CreatePrivate(Path.Combine(root, "logs"));
            CreatePrivate(Path.Combine(root, "run"));
            return new DataFolder(root, new FileStream(Path.Combine(root, "apphost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DistributedApplicationException($"User {Environment.UserName} may not write to the data folder {root}: remove it, or choose another with EQUECEL_DATA.", e);
        }
        catch (IOException e) when (File.Exists(Path.Combine(root, "apphost.lock")))
        {
            throw new DistributedApplicationException($"The application already runs on the data folder {root}: stop it, or choose another folder with EQUECEL_DATA.", e);
        }
    }

    /// <summary>Folder for one server's data, not made yet. It lies elsewhere when the server's user cannot get into this folder.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="user">The user that the server runs as; null for this process's own.</param>
    /// <param name="elsewhere">Where it then lies.</param>
    /// <exception cref="DistributedApplicationException">It is here, and out of the user's reach.</exception>
    public string ServerFolder(string name, string? user, string elsewhere = "/var/lib/equecel")
    {
        var here = Path.Combine(Root, name);
        // The link alone leads to what lies elsewhere: it is lost with this folder, and comes along when this folder is moved.
        if (new FileInfo(here).LinkTarget is { } target)
        {
            return Path.GetFullPath(target, Root);
        }

        if (user is null || CanBePassed(Root))
        {
            return here;
        }

        if (Path.Exists(here))
        {
            throw new DistributedApplicationException(
                $"The data in {here} are out of reach for user {user}, which their server runs as: start the platform as the user who did before, or choose another data folder with EQUECEL_DATA.");
        }

        Directory.CreateDirectory(elsewhere, Passable);
        var there = Path.Combine(elsewhere, $"{name}-{Guid.NewGuid():N}");
        File.CreateSymbolicLink(here, there);
        return there;
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Says whether every user may go into a folder and those above it.</summary>
    public static bool CanBePassed(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    private static void CreatePrivate(string path) =>
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
