using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Runs a Redis server.</summary>
internal sealed class RedisWorkload(RedisResource server, DataFolder folder) : Workload
{
    private readonly string? user = ServerAccount.Find("redis");

    public override Task<Launch> PrepareAsync(CancellationToken cancellationToken)
    {
        var program = ServerProgram.Find("redis-server", "redis-server", "/usr/bin");
        var home = folder.ServerFolder(server.Name, user);
        var configuration = Path.Combine(home, "redis.conf");
        ServerAccount.CreateFolder(home, user);
        ServerAccount.WriteFile(
            configuration,
            $"""
            bind 127.0.0.1
            port {server.Port}
            requirepass {server.PasswordParameter.Value}
            dir {home}
            loglevel warning

            """,
            user);
        return Task.FromResult(new Launch(program, [configuration, .. server.Arguments], home) { User = user });
    }

    public override async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"AUTH {server.PasswordParameter.Value}\r\nPING\r\nQUIT\r\n"), cancellationToken);
            using var answer = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
            return await answer.ReadToEndAsync(cancellationToken) == "+OK\r\n+PONG\r\n+OK\r\n" ? null : "does not answer a ping";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return "does not accept connections";
        }
    }
}
