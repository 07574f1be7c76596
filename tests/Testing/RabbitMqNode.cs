namespace Equecel.Testing;

/// <summary>A RabbitMQ node, and orders to it through its Erlang shell: rabbitmqctl takes seconds for each.</summary>
internal sealed class RabbitMqNode(int port, NativeServer process)
{
    private int orders;

    /// <summary>The AMQP port on loopback.</summary>
    public int Port => port;

    /// <summary>The process.</summary>
    public NativeServer Process => process;

    /// <summary>Starts a new node in a folder and on ports of its own.</summary>
    public static async Task<RabbitMqNode> StartNewAsync()
    {
        // The wrapper on the path insists on the package's own user and folders; the script behind it does not.
        const string script = "/usr/lib/rabbitmq/bin/rabbitmq-server";
        var program = File.Exists(script) ? script : ServerProgram.Get("rabbitmq-server", "rabbitmq-server");

        var folder = NativeServer.CreateFolder("rabbitmq");
        var port = FreePort.Take();
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            log.console = true
            log.console.level = warning
            log.file = false

            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "plugins"), "[].\n");

        var node = $"equecel-{port}@localhost";
        var server = new NativeServer(folder, [program], new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["TERM"] = "dumb",
            ["RABBITMQ_NODENAME"] = node,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
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
                + "-kernel inet_dist_use_interface {127,0,0,1}",
        });
        var started = new RabbitMqNode(port, server);
        await started.StartAsync();
        return started;
    }

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        var ready = $"order {++orders} done";
        var asked = false;
        await process.StartAsync(async () =>
        {
            if (!asked)
            {
                asked = true;
                await process.WriteLineAsync("rabbit:await_startup().");
                await process.WriteLineAsync($"io:format(\"~n{ready}~n\").");
            }

            return process.Log.Contains(ready, StringComparison.Ordinal);
        });
    }

    /// <summary>Kills it at once.</summary>
    public async Task StopAsync()
    {
        // RabbitMQ 3.10 writes the names of its quorum queues out seconds late, and a queue unnamed stays dead after a kill.
        await RunAsync("[dets:sync(Table) || Table <- dets:all()]");
        await process.StopAsync();
    }

    /// <summary>Evaluates an Erlang expression in the node and waits for its end.</summary>
    /// <exception cref="TimeoutException">It does not end in a minute.</exception>
    public async Task RunAsync(string expression)
    {
        var done = $"order {Interlocked.Increment(ref orders)} done";
        await process.WriteLineAsync($"{expression}, io:format(\"~n{done}~n\").");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!process.Log.Contains(done, StringComparison.Ordinal))
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"The node did not finish {expression}. Its log:\n{process.Log}");
            }

            await Task.Delay(20);
        }
    }
}
