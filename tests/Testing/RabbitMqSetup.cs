namespace Equecel.Testing;

/// <summary>What a private RabbitMQ node needs to start: its program, its variables and the files that they name.</summary>
/// <param name="Port">The AMQP port on loopback.</param>
/// <param name="Program">The program.</param>
/// <param name="Environment">Its variables.</param>
/// <param name="DataFolder">Where the node keeps what it is to keep.</param>
internal sealed record RabbitMqSetup(int Port, string Program, IReadOnlyDictionary<string, string> Environment, string DataFolder)
{
    /// <summary>Writes the files of a node without plugins that takes orders through its Erlang shell.</summary>
    /// <param name="folder">The node's own folder.</param>
    /// <param name="port">The AMQP port on loopback.</param>
    /// <param name="arguments">Further arguments of the Erlang machine.</param>
    public static RabbitMqSetup Write(string folder, int port, string arguments = "")
    {
        // The wrapper on the path insists on the package's own user and folders; the script behind it does not.
        const string script = "/usr/lib/rabbitmq/bin/rabbitmq-server";
        var program = File.Exists(script) ? script : ServerProgram.Get("rabbitmq-server", "rabbitmq-server");

        File.WriteAllText(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            log.console = true
            log.console.level = warning
            log.file = false

            """);
        File.WriteAllText(Path.Combine(folder, "plugins"), "[].\n");

        var node = $"equecel-{port}@localhost";
        var data = Path.Combine(folder, "data");
        return new RabbitMqSetup(port, program, new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["TERM"] = "dumb",
            ["RABBITMQ_NODENAME"] = node,
            ["RABBITMQ_MNESIA_BASE"] = data,
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "logs"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            // Leaves the Erlang shell open, and replaces the script by the node, so that killing hits the node.
            ["RABBITMQ_ALLOW_INPUT"] = "1",
            // Named before the broker boots, it neither asks for nor starts the machine's port mapper (epmd).
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                $"-sname {node} -start_epmd false -erl_epmd_port {FreePort.Take()} "
                + $"-kernel inet_dist_use_interface {{127,0,0,1}} {arguments}",
        }, data);
    }
}
