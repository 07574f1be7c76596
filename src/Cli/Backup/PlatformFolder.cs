using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Equecel.Cli.Common;

namespace Equecel.Cli.Backup;

/// <summary>The folder in which the platform keeps everything, and PostgreSQL's part of it.</summary>
internal sealed class PlatformFolder
{
    private readonly Surroundings surroundings;
    private readonly string root;

    private PlatformFolder(Surroundings surroundings, string root, string home)
    {
        this.surroundings = surroundings;
        this.root = root;
        Home = home;
        Data = FindData(home);
    }

    /// <summary>PostgreSQL's folder.</summary>
    public string Home { get; }

    /// <summary>The databases: PostgreSQL's data directory.</summary>
    public string Data { get; }

    /// <summary>Where finished pieces of the databases' log are kept, unless the platform was told another place.</summary>
    public string WalArchive => Path.Combine(Home, "wal");

    /// <summary>The file in which the service of a database signs what its journal held.</summary>
    public string CheckpointsOf(string database) =>
        Path.Combine(root, "checkpoints", $"{(database.EndsWith("db", StringComparison.Ordinal) ? database[..^2] : database)}.checkpoints");

    /// <summary>Whether there are databases.</summary>
    public bool HasData => HoldsData(Data);

    /// <summary>The option that names the folder.</summary>
    public static Option<string> Option(Surroundings surroundings) => new("--data")
    {
        Description = "The platform's data folder. Or set EQUECEL_DATA.",
        HelpName = "folder",
        DefaultValueFactory = _ => surroundings.Find("EQUECEL_DATA") ?? ".data",
    };

    /// <summary>Finds the folder.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static PlatformFolder Open(string path, Surroundings surroundings)
    {
        var root = Path.GetFullPath(path);
        // It is a link where PostgreSQL's user cannot get into the folder.
        var home = new DirectoryInfo(Path.Combine(root, "postgres"));
        return home.Exists
            ? new PlatformFolder(surroundings, root, home.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? home.FullName)
            : throw new CliException($"{root} holds no databases of the platform. Name its data folder with --data or EQUECEL_DATA; the platform makes it when it is first started.");
    }

    /// <summary>Makes a folder that only its owner gets into.</summary>
    /// <exception cref="CliException">This machine cannot be that of the servers.</exception>
    public static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new CliException("The servers run on Linux. Run this on their machine.");
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Whether an AppHost uses the folder.</summary>
    public bool HasHost()
    {
        try
        {
            using var gate = new FileStream(Path.Combine(root, "apphost.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The port of loopback on which PostgreSQL runs here; null when it does not run.</summary>
    public int? FindPort()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file))
        {
            return null;
        }

        var lines = File.ReadAllLines(file);
        return lines.Length > 3 && Directory.Exists($"/proc/{lines[0].Trim()}") ? int.Parse(lines[3], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The password of PostgreSQL's own user.</summary>
    /// <exception cref="CliException">It is nowhere.</exception>
    public string GetPassword()
    {
        const string name = "postgres-password";
        var file = Path.Combine(root, "secrets.json");
        var secrets = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) : null;
        return surroundings.Find($"Parameters__{name}") ?? secrets?.GetValueOrDefault($"Parameters:{name}")
            ?? throw new CliException($"The password of PostgreSQL's own user is not in {file}. Set Parameters__{name}, as for the platform.");
    }

    // A container keeps the databases of each version of PostgreSQL apart in its volume, such as in 18/docker.
    private static string FindData(string home)
    {
        var own = Path.Combine(home, "data");
        var ofContainer = new DirectoryInfo(home).EnumerateDirectories("*", new EnumerationOptions())
            .Where(version => int.TryParse(version.Name, NumberStyles.None, null, out _))
            .OrderByDescending(version => int.Parse(version.Name, NumberStyles.None, null))
            .Select(version => Path.Combine(version.FullName, "docker"));
        return HoldsData(own) ? own : ofContainer.FirstOrDefault(HoldsData, own);
    }

    private static bool HoldsData(string folder) => File.Exists(Path.Combine(folder, "PG_VERSION"));
}
