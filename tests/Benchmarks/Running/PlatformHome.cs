using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Equecel.Cli.Study;

namespace Equecel.Benchmarks.Running;

/// <summary>Where a platform of our own lives: its data folder, its ports and its secrets. Nothing is left of it in the end.</summary>
internal sealed class PlatformHome : IDisposable
{
    private static readonly string[] Parameters =
    [
        .. StudySite.All.Select(site => $"{site.Client}-secret"),
        "site-01-secret", "site-02-secret", "study-team-secret", "study-office-secret", "operator-secret", "privacy-office-secret", "assessment-service-secret", "safety-service-secret", "questionnaire-service-secret", "analytics-service-secret",
        "postgres-password", "messaging-password", "cache-password",
    ];

    private readonly Dictionary<string, string> secrets =
        Parameters.ToDictionary(parameter => parameter, _ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 24));

    /// <summary>The data folder; the AppHost makes it, with the rights that its servers need.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"equecel-bench-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    /// <summary>Port of the gateway for tokens and health.</summary>
    public int HttpPort { get; } = FreePort();

    /// <summary>Port of the gateway for gRPC.</summary>
    public int GrpcPort { get; } = FreePort();

    /// <summary>A secret or password by the name of its parameter.</summary>
    public string this[string parameter] => secrets[parameter];

    /// <summary>The variables that tell an AppHost all this.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment() =>
    [
        .. secrets.Select(secret => KeyValuePair.Create($"Parameters__{secret.Key}", secret.Value)),
        new("EQUECEL_DATA", Folder),
        new("Gateway__HttpPort", $"{HttpPort}"),
        new("Gateway__GrpcPort", $"{GrpcPort}"),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
