using System.Net;
using System.Net.Http.Headers;

namespace Equecel.Hostile.Tests.Wire;

/// <summary>What became of a raw HTTP request.</summary>
/// <param name="Http">The HTTP status.</param>
/// <param name="Grpc">The gRPC status; empty when there is none.</param>
/// <param name="Text">Everything that came back.</param>
internal sealed record RawAnswer(HttpStatusCode Http, string Grpc, string Text);

/// <summary>Requests that no gRPC library makes: bodies, headers and paths by hand.</summary>
internal static class RawCall
{
    /// <summary>Sends a request over HTTP/2.</summary>
    /// <param name="http">How.</param>
    /// <param name="path">The path.</param>
    /// <param name="token">The access token.</param>
    /// <param name="content">The body; null for none.</param>
    /// <param name="change">Changes the request.</param>
    public static async Task<RawAnswer> SendAsync(
        HttpClient http, string path, string token, HttpContent? content, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        content?.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        change?.Invoke(request);
        using var response = await SendAsync(http, request);
        var body = await response.Content.ReadAsByteArrayAsync();
        var all = response.Headers.Concat(response.TrailingHeaders).ToLookup(header => header.Key, header => string.Join(',', header.Value));
        return new(
            response.StatusCode, all["grpc-status"].LastOrDefault() ?? "",
            string.Join('\n', all.SelectMany(header => header.Select(value => $"{header.Key}: {value}"))) + System.Text.Encoding.Latin1.GetString(body));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        try
        {
            return await http.SendAsync(request);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.HttpProtocolError)
        {
            // The server ended the stream: what it was asked is not HTTP.
            return new(HttpStatusCode.BadRequest) { Content = new StringContent(e.Message) };
        }
    }

    /// <summary>A message as gRPC frames it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="flag">Whether it says to be compressed.</param>
    /// <param name="length">The length that it says to have; null for its own.</param>
    public static byte[] Frame(byte[] message, byte flag = 0, uint? length = null)
    {
        var said = length ?? (uint)message.Length;
        return [flag, (byte)(said >> 24), (byte)(said >> 16), (byte)(said >> 8), (byte)said, .. message];
    }
}
