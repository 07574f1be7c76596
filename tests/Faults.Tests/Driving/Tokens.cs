using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Equecel.Faults.Tests.Driving;

/// <summary>Access tokens of the clients, asked for through the gateway as a site system does.</summary>
/// <param name="gateway">The gateway's address for HTTP.</param>
internal sealed class Tokens(Uri gateway) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(7);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentDictionary<string, (string Token, long Since)> kept = new();

    /// <summary>The secret of a client.</summary>
    /// <param name="client">Its name.</param>
    public static string SecretOf(string client) => $"secret-of-{client}-for-faults";

    /// <summary>Gets a token.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HttpRequestException">Identity or the gateway does not answer.</exception>
    public async Task<string> GetAsync(string client, CancellationToken cancellation)
    {
        if (kept.TryGetValue(client, out var known) && Stopwatch.GetElapsedTime(known.Since) < KeptFor)
        {
            return known.Token;
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = SecretOf(client),
        });
        using var answer = await http.PostAsync(new Uri(gateway, "connect/token"), form, cancellation);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        var token = json.RootElement.GetProperty("access_token").GetString()!;
        kept[client] = (token, Stopwatch.GetTimestamp());
        return token;
    }

    /// <summary>Forgets a token that was not accepted.</summary>
    public void Forget(string client) => kept.TryRemove(client, out _);

    /// <summary>Forgets all of them.</summary>
    public void Clear() => kept.Clear();

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
