using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Grpc.Core;

namespace Equecel.Client.Tokens;

/// <summary>Gets access tokens by client credentials (RFC 6749, section 4.4) and keeps the one that holds.</summary>
internal sealed class TokenSource(HttpClient http, EquecelClientOptions options)
{
    // A token this young is not the one that a call under way was refused with, or is no better when asked for again.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);

    private readonly Uri address = new($"{options.TokenAddress.AbsoluteUri.TrimEnd('/')}/connect/token");
    private readonly Lock gate = new();
    private Task<AccessToken>? current;

    /// <summary>Gives a token that holds. Callers that come together wait for one request.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the token address does not answer. UNAUTHENTICATED: it refuses this client.</exception>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref current) is { IsCompletedSuccessfully: true } kept && kept.Result.RenewTime > options.Time.GetUtcNow()
            ? new(kept.Result.Text)
            : new(WaitAsync(cancellationToken));

    /// <summary>Gets another token in place of one that a service refused.</summary>
    /// <param name="startTime">When the refused call began. A token that came just now, after that, is kept: others were refused too and got it.</param>
    /// <returns>Whether to call again; false when no token can be had, so that asking again is useless.</returns>
    public bool TryReplace(DateTimeOffset startTime)
    {
        lock (gate)
        {
            if (current is null or { IsFaulted: true })
            {
                return false;
            }

            if (current.IsCompletedSuccessfully
                && (current.Result.ObtainTime <= startTime || options.Time.GetUtcNow() - current.Result.ObtainTime > Young))
            {
                current = RequestAsync();
            }

            return true;
        }
    }

    private async Task<string> WaitAsync(CancellationToken cancellationToken)
    {
        Task<AccessToken> wanted;
        lock (gate)
        {
            if (current is null or { IsFaulted: true }
                || (current.IsCompletedSuccessfully && current.Result.RenewTime <= options.Time.GetUtcNow()))
            {
                current = RequestAsync();
            }

            wanted = current;
        }

        return (await wanted.WaitAsync(cancellationToken)).Text;
    }

    private async Task<AccessToken> RequestAsync()
    {
        // The lock of the caller is not held over the network.
        await Task.Yield();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Credentials());
            request.Content = new FormUrlEncodedContent(Form());
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode ? Parse(body) : throw Refusal(response.StatusCode, body);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"The token address {address} does not answer.", e));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"{address} did not answer with a token. Check the token address.", e));
        }
    }

    private string Credentials() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $"{WebUtility.UrlEncode(options.ClientId)}:{WebUtility.UrlEncode(options.ClientSecret)}"));

    private IEnumerable<KeyValuePair<string, string>> Form()
    {
        yield return new("grant_type", "client_credentials");
        if (options.Scopes.Count > 0)
        {
            yield return new("scope", string.Join(' ', options.Scopes));
        }
    }

    private AccessToken Parse(byte[] body)
    {
        using var answer = JsonDocument.Parse(body);
        var lifetime = TimeSpan.FromSeconds(answer.RootElement.GetProperty("expires_in").GetInt32());
        var now = options.Time.GetUtcNow();
        return new AccessToken(answer.RootElement.GetProperty("access_token").GetString()!, now, now + (lifetime * 0.9));
    }

    private RpcException Refusal(HttpStatusCode code, byte[] body)
    {
        if (code is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return new RpcException(new Status(StatusCode.Unavailable, $"{address} gives no token now (HTTP {(int)code}). Check the token address, or try again later."));
        }

        using var answer = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
        var error = answer.RootElement.TryGetProperty("error", out var text) ? text.GetString() : $"HTTP {(int)code}";
        return new RpcException(new Status(
            StatusCode.Unauthenticated,
            $"Identity refuses the client '{options.ClientId}' ({error}). Check the client, its secret and the scopes that it asks for."));
    }
}
