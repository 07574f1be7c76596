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
        var folder = NativeServer.CreateFolder("rabbitmq");
        var setup = RabbitMqSetup.Write(folder, FreePort.Take());
        var started = new RabbitMqNode(setup.Port, new NativeServer(folder, [setup.Program], setup.Environment));
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
