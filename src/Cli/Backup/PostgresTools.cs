using System.Diagnostics;
using Equecel.Cli.Common;

namespace Equecel.Cli.Backup;

/// <summary>The programs of an installed PostgreSQL.</summary>
internal sealed class PostgresTools
{
    private const string Root = "/usr/lib/postgresql";

    private readonly string folder;

    private PostgresTools(string folder) => this.folder = folder;

    /// <summary>The user that servers run as, because PostgreSQL refuses root; null when this process is not root.</summary>
    public static string? ServerUser { get; } = Environment.IsPrivilegedProcess ? "postgres" : null;

    /// <summary>Finds the programs that fit a data directory.</summary>
    /// <exception cref="CliException">They are not installed.</exception>
    public static PostgresTools Find(string dataDirectory)
    {
        var version = File.ReadAllText(Path.Combine(dataDirectory, "PG_VERSION")).Trim();
        var folder = new[] { $"{Root}/{version}/bin" }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "pg_basebackup")));
        return folder is null
            ? throw new CliException($"The programs of PostgreSQL {version} are not installed. Install the Debian package postgresql-{version}.")
            : new PostgresTools(folder);
    }

    /// <summary>Runs a program to its end; a cancellation ends it.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments; nothing secret, since every user of the machine sees them.</param>
    /// <param name="password">The password that it logs in with; null for none.</param>
    /// <param name="tell">Gets every line that it writes to standard error.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="CliException">It failed; the message has its last words.</exception>
    public async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string? password, Action<string> tell, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        if (password is not null)
        {
            start.Environment["PGPASSWORD"] = password;
        }

        using var process = Process.Start(start)!;
        await using var ending = cancellation.Register(process.Kill);
        var last = "";
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        // Progress stands on one line that a carriage return begins again, which counts as a line here.
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.Trim() is { Length: > 0 } words)
            {
                tell(words);
                last = words;
            }
        }

        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? await output : throw new CliException($"{program} failed: {last}", ExitCode.NotSo);
    }

    /// <summary>The command that starts a server as its user, to be ended when the thread that starts it ends.</summary>
    /// <param name="arguments">The server's arguments.</param>
    public ProcessStartInfo Server(IEnumerable<string> arguments)
    {
        string[] user = ServerUser is null ? [] : ["--reuid", ServerUser, "--regid", ServerUser, "--init-groups"];
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "QUIT", .. user, "--", Path.Combine(folder, "postgres"), .. arguments])
        {
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
