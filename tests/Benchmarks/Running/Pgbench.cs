using System.Diagnostics;
using System.Globalization;

namespace Equecel.Benchmarks.Running;

/// <summary>PostgreSQL's own load generator.</summary>
internal static class Pgbench
{
    /// <summary>Runs a script on 32 prepared connections, the server's processor time being shared with two threads of the generator.</summary>
    /// <param name="server">The server.</param>
    /// <param name="database">The database.</param>
    /// <param name="script">One transaction.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Transactions a second.</returns>
    /// <exception cref="InvalidOperationException">It is not installed, or failed.</exception>
    public static async Task<double> RunAsync(
        PostgresServer server, string database, string script, TimeSpan duration, CancellationToken cancellation)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, cancellation);
            var start = new ProcessStartInfo(
                Find(),
                [
                    "-n", "-M", "prepared", "-c", "32", "-j", "2", "-T", $"{(int)duration.TotalSeconds}", "-f", file,
                    "-h", "127.0.0.1", "-p", $"{server.Port}", "-U", "postgres", database,
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PGPASSWORD"] = server.Password },
            };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 && output.Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal)) is { } line
                ? double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"pgbench failed: {await error}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Find()
    {
        // Debian keeps the programs beside each other by major version and off the path.
        const string root = "/usr/lib/postgresql";
        var versions = Directory.Exists(root)
            ? Directory.GetDirectories(root).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var major) ? major : 0)
            : Enumerable.Empty<string>();
        return versions.Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => Path.Combine(folder, "pgbench"))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("pgbench is not installed: install the Debian package postgresql-15.");
    }
}
