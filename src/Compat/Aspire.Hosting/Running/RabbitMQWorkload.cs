using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.Hosting.Running;

/// <summary>Runs a RabbitMQ broker with a name server for Erlang nodes of its own, both on the loopback only.</summary>
internal sealed class RabbitMQWorkload(RabbitMQServerResource broker, DataFolder folder, Ports ports, Action<string> log) : Workload
{
    private readonly string? user = ServerAccount.Find("rabbitmq");
    private readonly int nameServerPort = ports.Take();
    private readonly int distributionPort = ports.Take();

    private ChildProcess? nameServer;

    private string Home => folder.ServerFolder(broker.Name, user);

    public override async Task<Launch> PrepareAsync(CancellationToken cancellationToken)
    {
        // The script itself: Debian's wrapper in /usr/sbin accepts only the users root and rabbitmq.
        var program = ServerProgram.Find("rabbitmq-server", "rabbitmq-server", "/usr/lib/rabbitmq/bin");
        WriteConfiguration();
        if (nameServer is null or { Exited.IsCompleted: true })
        {
            var epmd = ServerProgram.Find("epmd", "erlang-base", "/usr/bin");
            string[] arguments = ["-port", $"{nameServerPort}", "-address", "127.0.0.1"];
            nameServer = await ChildProcess.StartAsync(new Launch(epmd, arguments, Home) { User = user }, log);
        }

        var environment = new Dictionary<string, string>
        {
            ["HOME"] = Home,
            ["LANG"] = "C.UTF-8",
            ["ERL_EPMD_PORT"] = $"{nameServerPort}",
            ["RABBITMQ_NODENAME"] = $"{broker.Name}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Home, "rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(Home, "advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Home, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Home, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(Home, "log"),
            ["RABBITMQ_LOGS"] = "-",
            // Makes the script become the broker instead of waiting for it, so that signals reach the broker.
            ["RABBITMQ_ALLOW_INPUT"] = "true",
        };
        foreach (var (name, value) in broker.Environment)
        {
            environment[name] = value();
        }

        // The broker loads some thousand modules when it starts, each by a handful of calls to other threads. With its usual settings, threads bound
        // to processors that sleep at once, this takes twice as long; idle it costs the same.
        const string own = "-noinput -kernel inet_dist_use_interface {127,0,0,1} +stbt u +sbwt very_short +sbwtdio very_short +swt very_low";
        environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            $"{own} {environment.GetValueOrDefault("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS")}";
        return new Launch(program, broker.Arguments, Home) { User = user, Environment = environment };
    }

    public override async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The port opens last; asking it first is cheaper than an attempt to log in.
            using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                await socket.ConnectAsync(IPAddress.Loopback, broker.Port, cancellationToken);
            }

            var factory = new ConnectionFactory { Uri = new Uri(broker.ConnectionString), AutomaticRecoveryEnabled = false, ClientProvidedName = "apphost" };
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
            return null;
        }
        catch (Exception e) when (e is SocketException or BrokerUnreachableException)
        {
            return e is BrokerUnreachableException { InnerException: AuthenticationFailureException } ? "refuses the password" : "does not accept connections";
        }
    }

    public override async Task EndAsync()
    {
        if (nameServer is not null)
        {
            await nameServer.StopAsync(Signals.Kill, TimeSpan.FromSeconds(1));
        }
    }

    private void WriteConfiguration()
    {
        ServerAccount.CreateFolder(Home, user);
        var cookie = Path.Combine(Home, ".erlang.cookie");
        if (!File.Exists(cookie))
        {
            ServerAccount.WriteFile(cookie, RandomNumberGenerator.GetHexString(32), user);
        }

        ServerAccount.WriteFile(Path.Combine(Home, "enabled_plugins"), "[].\n", user);
        ServerAccount.WriteFile(
            Path.Combine(Home, "rabbitmq.conf"),
            string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{broker.Port}
            default_user = guest
            default_pass = {broker.PasswordParameter.Value}
            log.file = false
            log.console = true
            log.console.level = warning

            """),
            user);
    }
}
