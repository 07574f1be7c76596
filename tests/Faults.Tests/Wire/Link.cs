using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Equecel.Faults.Tests.Wire;

/// <summary>A TCP link between two parts, through which everything passes: it can be cut, stalled, slowed and trapped.</summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<LinkConnection, Task> connections = new();
    private readonly Func<int> target;
    private readonly Func<IWireReader>? reader;
    private readonly Task accepting;
    private volatile TaskCompletionSource flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isCut;

    /// <param name="name">Name, such as <c>safety-postgres</c>.</param>
    /// <param name="target">Port that it leads to.</param>
    /// <param name="reader">Reads what passes on a new connection; null when there are no named points.</param>
    public Link(string name, Func<int> target, Func<IWireReader>? reader = null)
    {
        (Name, this.target, this.reader) = (name, target, reader);
        flowing.SetResult();
        listener.Start(512);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The port to connect to.</summary>
    public int Port { get; }

    /// <summary>Connections that are open.</summary>
    public int OpenCount => connections.Count;

    /// <summary>How long each piece is held back.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether a new connection waits until who is behind the link takes it, as one does at a load balancer; else it is refused when that one does.</summary>
    public bool Waits { get; set; }

    /// <summary>What waits for a named point.</summary>
    public Trap? Trap { get; set; }

    /// <summary>Ends when something may pass.</summary>
    public Task Flowing => flowing.Task;

    /// <summary>Breaks every connection and takes no new one.</summary>
    public void Cut()
    {
        isCut = true;
        Break();
    }

    /// <summary>Breaks every connection.</summary>
    public void Break()
    {
        foreach (var connection in connections.Keys)
        {
            connection.Break();
        }
    }

    /// <summary>Lets nothing pass, while all stays connected.</summary>
    public void Stall() => flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes every disturbance away.</summary>
    public void Mend()
    {
        isCut = false;
        Waits = false;
        Delay = TimeSpan.Zero;
        Trap = null;
        flowing.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Mend();
        Cut();
        await accepting;
        await Task.WhenAll(connections.Values);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync();
                if (isCut)
                {
                    socket.Close(0);
                    continue;
                }

                var connection = new LinkConnection(this, socket, reader?.Invoke());
                // It is among the open ones before anything can pass over it or end it.
                var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                connections[connection] = RunAsync(connection, counted.Task);
                counted.SetResult();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(LinkConnection connection, Task counted)
    {
        await counted;
        using (connection)
        {
            await connection.RunAsync(target());
            connections.TryRemove(connection, out _);
        }
    }
}
