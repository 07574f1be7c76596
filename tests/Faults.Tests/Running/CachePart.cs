using StackExchange.Redis;

namespace Equecel.Faults.Tests.Running;

/// <summary>The Redis server, which holds everything in memory alone.</summary>
/// <param name="folder">The folder of the whole platform.</param>
internal sealed class CachePart(string folder) : Part("cache", folder)
{
    /// <summary>Its port.</summary>
    public int Port { get; } = FreePort.Take();

    /// <summary>Connects past every link.</summary>
    public async Task<ConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},connectRetry=0,connectTimeout=1000,allowAdmin=true");

    /// <inheritdoc/>
    protected override Launch Prepare() =>
        new(ServerProgram.Get("redis-server", "redis-server"), ["--bind", "127.0.0.1", "--port", $"{Port}", "--save", "", "--appendonly", "no"], Folder);

    /// <inheritdoc/>
    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = await ConnectAsync();
            return true;
        }
        catch (RedisConnectionException)
        {
            // Not up yet.
            return false;
        }
    }
}
