using StackExchange.Redis;

namespace Equecel.Testing;

/// <summary>
/// A private Redis server for tests, on loopback, in memory alone. As a fixture it is the one server of the test process.
/// </summary>
public sealed class TestRedis : IAsyncLifetime
{
    private const int MaxDatabases = 1000;

    private static readonly Lazy<Task<RunningRedis>> Shared = new(StartServerAsync);
    private static int databases;

    private readonly bool own;
    private RunningRedis? server;

    /// <summary>A fixture on the one server of this test process, which starts with the first fixture.</summary>
    public TestRedis()
    {
    }

    private TestRedis(RunningRedis server)
    {
        own = true;
        this.server = server;
    }

    private RunningRedis Server => server ?? throw new InvalidOperationException("Await InitializeAsync first.");

    /// <summary>Starts a server apart from the fixtures', for a test that breaks it.</summary>
    /// <returns>The running server; dispose of it.</returns>
    public static async Task<TestRedis> StartOwnAsync() => new(await StartServerAsync());

    /// <inheritdoc />
    public async Task InitializeAsync() => server ??= await Shared.Value;

    /// <summary>Takes a database that no other test has used.</summary>
    /// <returns>A connection string in the form of StackExchange.Redis.</returns>
    public string CreateDatabase() =>
        $"127.0.0.1:{Server.Port},defaultDatabase={Interlocked.Increment(ref databases) % MaxDatabases}";

    /// <summary>Kills the server at once; what it held is gone.</summary>
    public Task StopAsync() => Server.Process.StopAsync();

    /// <summary>Starts the server again, empty, on the same port after <see cref="StopAsync"/>.</summary>
    public Task StartAsync() => Server.StartAsync();

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        if (own)
        {
            Server.Process.Dispose();
        }

        return Task.CompletedTask;
    }

    private static async Task<RunningRedis> StartServerAsync()
    {
        var port = FreePort.Take();
        var server = new RunningRedis(port, new NativeServer(NativeServer.CreateFolder("redis"),
        [
            ServerProgram.Get("redis-server", "redis-server"), "--bind", "127.0.0.1", "--port", $"{port}",
            "--save", "", "--appendonly", "no", "--databases", $"{MaxDatabases}",
        ]));
        await server.StartAsync();
        return server;
    }

    private sealed record RunningRedis(int Port, NativeServer Process)
    {
        public Task StartAsync() => Process.StartAsync(async () =>
        {
            try
            {
                await using var connection =
                    await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},connectRetry=0,connectTimeout=1000");
                return true;
            }
            catch (RedisConnectionException)
            {
                // Not up yet.
                return false;
            }
        });
    }
}
