using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Running;

/// <summary>Runs a PostgreSQL server.</summary>
internal sealed class PostgresWorkload(PostgresServerResource server, DataFolder folder, Action<string> log) : Workload
{
    private readonly string? user = ServerAccount.Find("postgres");

    private bool complete;

    // Fast shutdown: sessions are ended, everything is written.
    public override int StopSignal => Signals.Interrupt;

    private string Home => folder.ServerFolder(server.Name, user);

    private string Data => Path.Combine(Home, "data");

    public override async Task<Launch> PrepareAsync(CancellationToken cancellationToken)
    {
        if (user is null && Environment.IsPrivilegedProcess)
        {
            throw new DistributedApplicationException("PostgreSQL does not run as root and there is no user postgres: install the Debian package postgresql-15.");
        }

        // A folder of an older major version needs the programs of that version.
        var made = Path.Combine(Data, "PG_VERSION");
        var version = File.Exists(made) ? (await File.ReadAllTextAsync(made, cancellationToken)).Trim() : null;
        var program = ServerProgram.Find("postgres", $"postgresql-{version ?? "15"}", Folders(version));
        ServerAccount.CreateFolder(Home, user);
        if (version is null)
        {
            await InitialiseAsync(Path.Combine(Path.GetDirectoryName(program)!, "initdb"), cancellationToken);
        }

        string[] own = ["-D", Data, "-p", $"{server.Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
        return new Launch(program, [.. own, .. server.Arguments], Home)
        {
            User = user,
            // Immediate shutdown: the server's processes end at once and the next start recovers.
            DeathSignal = "QUIT",
        };
    }

    public override async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                $"{server.ConnectionString};Database=postgres;Pooling=false;Timeout=2;Command Timeout=30;GSS Encryption Mode=Disable;Application Name=apphost");
            await connection.OpenAsync(cancellationToken);
            if (!complete)
            {
                await CreateDatabasesAsync(connection, cancellationToken);
                complete = true;
            }

            return null;
        }
        catch (PostgresException e)
        {
            return $"SQLSTATE {e.SqlState}";
        }
        catch (NpgsqlException)
        {
            return "does not accept connections";
        }
    }

    private static IEnumerable<string> Folders(string? version)
    {
        const string root = "/usr/lib/postgresql";
        var versions = Directory.Exists(root)
            ? Directory.GetDirectories(root).Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).OrderByDescending(name => int.Parse(name!, null))
            : Enumerable.Empty<string?>();
        return versions.Where(name => version is null || name == version).Select(name => $"{root}/{name}/bin");
    }

    private async Task InitialiseAsync(string initdb, CancellationToken cancellationToken)
    {
        // Complete or not there at all: the folder gets its name last.
        var next = Data + ".next";
        if (Directory.Exists(next))
        {
            Directory.Delete(next, recursive: true);
        }

        var passwordFile = Path.Combine(Home, "password");
        ServerAccount.WriteFile(passwordFile, server.PasswordParameter.Value, user);
        string[] arguments =
            ["-D", next, "-U", "postgres", "--pwfile", passwordFile, "-A", "scram-sha-256", "--data-checksums", "-E", "UTF8", "--locale=C.UTF-8", "-N"];
        var child = await ChildProcess.StartAsync(new Launch(initdb, arguments, Home) { User = user }, log);
        if (await child.Exited.WaitAsync(cancellationToken) != 0)
        {
            throw new DistributedApplicationException($"initdb could not make the folder {Data}: its log says why.");
        }

        File.Delete(passwordFile);
        Directory.Move(next, Data);
        // initdb's own flush, file by file, takes longer than this one of the whole file system.
        using var sync = Process.Start("sync", ["-f", Data]);
        await sync.WaitForExitAsync(cancellationToken);
    }

    private async Task CreateDatabasesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var name in server.Databases.Select(database => database.DatabaseName))
        {
            await using var command = new NpgsqlCommand($"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
            {
                // Made by an earlier run.
            }
        }
    }
}
