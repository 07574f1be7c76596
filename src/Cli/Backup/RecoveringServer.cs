using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Equecel.Cli.Common;
using Npgsql;

namespace Equecel.Cli.Backup;

/// <summary>A PostgreSQL that brings a copied backup to the instant asked for, where nobody else can reach it.</summary>
internal sealed partial class RecoveringServer : IAsyncDisposable
{
    private readonly RestorePlan plan;
    private readonly List<string> log = [];
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    private RecoveringServer(RestorePlan plan) => this.plan = plan;

    /// <summary>Its databases.</summary>
    public Databases Databases => new($"Host={plan.Next};Username=postgres;Pooling=false;Timeout=5;Command Timeout=0;GSS Encryption Mode=Disable;Application Name=equecel");

    /// <summary>Starts it and waits until it has got there.</summary>
    /// <param name="plan">What to restore.</param>
    /// <param name="tell">Told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CliException">It cannot get there.</exception>
    public static async Task<RecoveringServer> StartAsync(RestorePlan plan, Action<string> tell, CancellationToken cancellation)
    {
        var server = new RecoveringServer(plan);
        try
        {
            server.Start(tell);
            while (!await server.AnswersAsync(cancellation))
            {
                if (server.exited.Task.IsCompleted)
                {
                    throw server.Explain();
                }

                await Task.Delay(100, cancellation);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it properly, with everything written.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-INT", $"{process!.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await exited.Task;
        if (process.ExitCode != 0)
        {
            throw Explain();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        if (!exited.Task.IsCompleted)
        {
            process.Kill(entireProcessTree: true);
            await exited.Task;
        }

        process.Dispose();
    }

    private void Start(Action<string> tell)
    {
        var access = Path.Combine(plan.Next, "equecel-restore-hba.conf");
        // Only over the socket, which lies in a folder that nobody else gets into.
        File.WriteAllText(access, "local all postgres trust\n");
        File.WriteAllText(Path.Combine(plan.Next, "recovery.signal"), "");
        List<string> arguments =
        [
            "-D", plan.Next, "-c", "listen_addresses=", "-c", $"unix_socket_directories={plan.Next}", "-c", $"hba_file={access}", "-c", "hot_standby=off",
            "-c", $"restore_command={plan.FetchCommand}", "-c", $"recovery_target_timeline={plan.Timeline}", "-c", "recovery_target_action=promote",
            // On, so that the new timeline's history is archived once the platform runs; without a command nothing is until then.
            "-c", "archive_mode=on", "-c", "archive_command=", "-c", "log_min_messages=log", "-c", "max_wal_size=4GB",
        ];
        if (plan.To is { } to)
        {
            arguments.AddRange(["-c", $"recovery_target_time={to.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00"]);
        }

        var started = new ManualResetEventSlim();
        // A thread that lives as long as the server: the kernel ends the server with it.
        new Thread(() =>
        {
            process = Process.Start(plan.Tools.Server(arguments))!;
            started.Set();
            var pieces = 0;
            while (process.StandardError.ReadLine() is { } line)
            {
                log.Add(line);
                if (line.Contains("restored log file", StringComparison.Ordinal))
                {
                    tell($"{++pieces} pieces of the log");
                }
            }

            process.WaitForExit();
            exited.SetResult();
        })
        { IsBackground = true }.Start();
        started.Wait();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            return !await Databases.AskAsync<bool>("postgres", "select pg_is_in_recovery()", cancellation);
        }
        catch (NpgsqlException)
        {
            // Not yet.
            return false;
        }
    }

    private CliException Explain() => Explain(log, plan.To);

    /// <summary>Why the server ended, from what it wrote.</summary>
    /// <param name="log">Its lines.</param>
    /// <param name="to">The instant asked for; null for everything.</param>
    internal static CliException Explain(IReadOnlyCollection<string> log, DateTimeOffset? to)
    {
        // While it ends it refuses whoever asks whether it is ready, which is not why.
        var fatal = log.Select(line => EndingReason().Match(line)).LastOrDefault(match => match.Success)?.Groups[1].Value;
        var last = log.Select(line => LastTransaction().Match(line)).LastOrDefault(match => match.Success)?.Groups[1].Value;
        return fatal?.Contains("before configured recovery target", StringComparison.Ordinal) == true
            ? new($"Nothing was saved after {RestoreReport.Instant(to)}{(last is null ? "" : $"; the last transaction that is known was at {last}")}. Leave --to out to restore everything, or see that --wal names the whole archive.")
            : new($"PostgreSQL could not restore the backup: {fatal ?? log.LastOrDefault()} Nothing was changed.", ExitCode.NotSo);
    }

    [GeneratedRegex("(?:FATAL|PANIC): +(?!the database system is |[ ])(.*?) *$")]
    private static partial Regex EndingReason();

    [GeneratedRegex("last completed transaction was at log time (.*)$")]
    private static partial Regex LastTransaction();
}
