namespace Equecel.Testing;

/// <summary>
/// A private RabbitMQ node for tests, on loopback, without plugins. As a fixture it is the one node of the test process.
/// It takes about five seconds to start.
/// </summary>
public sealed class TestRabbitMq : IAsyncLifetime
{
    private static readonly Lazy<Task<RabbitMqNode>> Shared = new(RabbitMqNode.StartNewAsync);
    private static int virtualHosts;

    private readonly bool own;
    private RabbitMqNode? node;

    /// <summary>A fixture on the one node of this test process, which starts with the first fixture.</summary>
    public TestRabbitMq()
    {
    }

    private TestRabbitMq(RabbitMqNode node)
    {
        own = true;
        this.node = node;
    }

    private RabbitMqNode Node => node ?? throw new InvalidOperationException("Await InitializeAsync first.");

    /// <summary>Starts a node apart from the fixtures', for a test that breaks it.</summary>
    /// <returns>The running node; dispose of it.</returns>
    public static async Task<TestRabbitMq> StartOwnAsync() => new(await RabbitMqNode.StartNewAsync());

    /// <inheritdoc />
    public async Task InitializeAsync() => node ??= await Shared.Value;

    /// <summary>Creates an empty virtual host.</summary>
    /// <returns>An AMQP URI to it, with user and password.</returns>
    public async Task<string> CreateVirtualHostAsync()
    {
        var name = $"test-{Interlocked.Increment(ref virtualHosts)}";
        await Node.RunAsync(
            $"rabbit_vhost:add(<<\"{name}\">>, <<\"tests\">>), rabbit_auth_backend_internal:set_permissions("
            + $"<<\"guest\">>, <<\"{name}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"tests\">>)");
        return $"amqp://guest:guest@127.0.0.1:{Node.Port}/{name}";
    }

    /// <summary>Makes a user who may do everything in a virtual host.</summary>
    /// <param name="uri">The URI of the virtual host.</param>
    /// <param name="name">The user's name.</param>
    /// <param name="password">The user's password.</param>
    public Task AddUserAsync(string uri, string name, string password) => Node.RunAsync(
        $"rabbit_auth_backend_internal:add_user(<<\"{name}\">>, <<\"{password}\">>, <<\"tests\">>), rabbit_auth_backend_internal:set_permissions("
        + $"<<\"{name}\">>, <<\"{new Uri(uri).AbsolutePath[1..]}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"tests\">>)");

    /// <summary>Lowers the delivery limit of a queue, which otherwise takes many deaths of a consumer.</summary>
    /// <param name="uri">The URI of its virtual host.</param>
    /// <param name="queue">Its name; it need not exist yet.</param>
    /// <param name="limit">The limit.</param>
    public Task LimitDeliveriesAsync(string uri, string queue, int limit) => Node.RunAsync(
        $"rabbit_policy:set(<<\"{new Uri(uri).AbsolutePath[1..]}\">>, <<\"limit\">>, <<\"^{queue}$\">>, [{{<<\"delivery-limit\">>, {limit}}}], 0, <<\"queues\">>, <<\"tests\">>)");

    /// <summary>Raises the alarm of a node that is short of memory, which then reads nothing from who publishes, or ends it.</summary>
    /// <param name="isShortOfMemory">Whether it is.</param>
    public Task AlarmAsync(bool isShortOfMemory) => Node.RunAsync(
        isShortOfMemory ? "rabbit_alarm:set_alarm({{resource_limit, memory, node()}, []})" : "rabbit_alarm:clear_alarm({resource_limit, memory, node()})");

    /// <summary>Kills the node at once. What it has confirmed stays for <see cref="StartAsync"/>.</summary>
    public Task StopAsync() => Node.StopAsync();

    /// <summary>Starts the node again on the same port after <see cref="StopAsync"/>.</summary>
    public Task StartAsync() => Node.StartAsync();

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        if (own)
        {
            Node.Process.Dispose();
        }

        return Task.CompletedTask;
    }
}
