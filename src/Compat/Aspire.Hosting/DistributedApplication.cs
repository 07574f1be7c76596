using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

/// <summary>Runs an application that an AppHost describes, without containers.</summary>
/// <remarks>
/// <para>
/// Stands in for <c>Aspire.Hosting</c>, <c>.PostgreSQL</c>, <c>.RabbitMQ</c> and <c>.Redis</c> where a package mirror lacks them: the same program
/// runs on native servers (Debian: postgresql, rabbitmq-server, redis-server) and <c>dotnet</c> processes, on Linux, as root or as an ordinary user.
/// It has the calls that our AppHost makes and no more. Left out: containers, images and lifetimes; launch profiles, replicas, executables, proxies;
/// https development certificates; endpoints other than those of a project's <c>Kestrel</c> section; building projects (the AppHost's project file
/// does that); publishing; the OTLP collector and the dashboard, in whose place there is a page that lists resources, states and last log lines.
/// It adds one thing: a process that dies is started again.
/// </para>
/// <para>
/// Data folder: <c>EQUECEL_DATA</c>, else <c>.data</c> beside the AppHost's folder. It holds the servers' data, <c>logs/</c> (a file a resource),
/// <c>secrets.json</c> (generated passwords and secrets, key <c>Parameters:name</c>, mode 600) and, while the application runs,
/// <c>platform.json</c> (the page's address and the host's process id). The page is at <c>ASPNETCORE_URLS</c>, else at
/// http://127.0.0.1:18888 or, when that is taken, at a free port; <c>/resources</c> answers the same as JSON.
/// </para>
/// </remarks>
public sealed class DistributedApplication
{
    private readonly Func<Platform> platform;

    internal DistributedApplication(Func<Platform> platform) => this.platform = platform;

    /// <summary>Begins a description.</summary>
    /// <param name="args">The AppHost's command line, read as configuration (<c>--key value</c>).</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        var directory = Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => string.Equals(metadata.Key, "apphostprojectpath", StringComparison.OrdinalIgnoreCase))?.Value;
        return new DistributedApplicationBuilder(directory ?? Directory.GetCurrentDirectory(), args);
    }

    /// <summary>Runs the application until Ctrl-C, SIGTERM or a failure, and stops everything. A failure makes the exit code 1.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the application until Ctrl-C, SIGTERM, a failure or cancellation, and stops everything. A failure makes the exit code 1.</summary>
    /// <param name="cancellationToken">Stops the application.</param>
    /// <returns>Ends when everything has stopped.</returns>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signals = new StopSignals(stop);
        try
        {
            await platform().RunAsync(stop.Token);
        }
        catch (DistributedApplicationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            Environment.ExitCode = 1;
        }
    }

    private sealed class StopSignals(CancellationTokenSource stop) : IDisposable
    {
        private readonly List<PosixSignalRegistration> registrations =
            [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
                .Select(signal => PosixSignalRegistration.Create(signal, context => Stop(context, stop)))];

        public void Dispose() => registrations.ForEach(registration => registration.Dispose());

        private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
        {
            // Asked a second time, this process ends at once, and the kernel ends the others.
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
