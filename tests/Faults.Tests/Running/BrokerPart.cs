using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Equecel.Faults.Tests.Running;

/// <summary>The RabbitMQ node, which takes orders through its Erlang shell.</summary>
/// <param name="folder">The folder of the whole platform.</param>
internal sealed class BrokerPart(string folder) : Part("messaging", folder)
{
    private readonly RabbitMqSetup setup = RabbitMqSetup.Write(
        Directory.CreateDirectory(Path.Combine(folder, "messaging")).FullName, FreePort.Take(),
        "-rabbit heartbeat 10 -rabbit channel_max 64 -rabbit disk_free_limit 50000000");

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> orders = new();
    private int lastOrder;

    /// <summary>Its port.</summary>
    public int Port => setup.Port;

    /// <summary>Connects past every link.</summary>
    public async Task<IConnection> ConnectAsync() => await new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = Port,
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        ClientProvidedName = "examiner",
    }.CreateConnectionAsync();

    /// <summary>Evaluates an Erlang expression in the node.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>Its value as text; empty when the node did not say in time.</returns>
    public async Task<string> RunAsync(string expression)
    {
        var order = $"order {Interlocked.Increment(ref lastOrder)} gave ";
        var answer = orders[order] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync($"io:format(\"~n{order}~0p~n\", [begin {expression} end]).");
        try
        {
            return await answer.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            return "";
        }
        finally
        {
            orders.TryRemove(order, out _);
        }
    }

    /// <summary>Waits until a queue is there.</summary>
    /// <returns>Whether it is, after half a minute at most.</returns>
    public async Task<bool> HasQueueAsync(string queue)
    {
        for (var attempt = 0; attempt < 150; attempt++)
        {
            try
            {
                await using var connection = await ConnectAsync();
                await using var channel = await connection.CreateChannelAsync();
                await channel.QueueDeclarePassiveAsync(queue);
                return true;
            }
            catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or IOException or TimeoutException)
            {
                // Not yet.
                await Task.Delay(200);
            }
        }

        return false;
    }

    /// <summary>
    /// Has the node write out what it knows of its queues: RabbitMQ 3.10 does so seconds late, and a quorum queue whose name is not
    /// on disk stays dead after a kill. That is the broker's own fault, so the examiner waits for it once a queue is new.
    /// </summary>
    public Task SettleAsync() => RunAsync("[dets:sync(Table) || Table <- dets:all()], ok");

    /// <summary>Loses everything that the node had; call it while the node is down.</summary>
    public void LoseData() => Directory.Delete(setup.DataFolder, recursive: true);

    /// <inheritdoc/>
    protected override Launch Prepare() => new(setup.Program, [], Path.Combine(Folder, "messaging")) { Environment = setup.Environment };

    /// <inheritdoc/>
    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = await ConnectAsync();
            return true;
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or IOException or TimeoutException)
        {
            // Not up yet.
            return false;
        }
    }

    /// <inheritdoc/>
    protected override void OnLine(string line)
    {
        var end = line.IndexOf(" gave ", StringComparison.Ordinal) + " gave ".Length;
        if (line.StartsWith("order ", StringComparison.Ordinal) && orders.TryGetValue(line[..end], out var waiting))
        {
            waiting.TrySetResult(line[end..]);
        }

        base.OnLine(line);
    }
}
