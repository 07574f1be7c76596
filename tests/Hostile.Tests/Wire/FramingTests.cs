using System.IO.Compression;
using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Google.Protobuf;

namespace Equecel.Hostile.Tests.Wire;

/// <summary>Calls that are not framed as gRPC frames them, in paths and with headers that are none, and bodies that grow when they are read.</summary>
/// <remarks>Source: gRPC over HTTP/2, "Requests" and "Compression"; gRPC status codes as their numbers.</remarks>
[Collection(Attacked.Name)]
public sealed class FramingTests(HostilePlatform platform) : IDisposable
{
    private const string Ok = "0";
    private const string Unknown = "2";
    private const string Internal = "13";

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxResponseHeadersLength = 64 });

    public static TheoryData<string, bool> Rpcs()
    {
        var data = new TheoryData<string, bool>();
        foreach (var rpc in Rpc.All.GroupBy(rpc => (rpc.Service, rpc.Method.IsClientStreaming, rpc.Method.IsServerStreaming)).Select(Reading))
        {
            data.Add(rpc.Path, false);
            data.Add(rpc.Path, true);
        }

        return data;
    }

    public void Dispose() => http.Dispose();

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_call_that_is_framed_wrongly_is_refused(string path, bool direct)
    {
        var (rpc, token, right) = await BeginAsync(path, direct);
        var framed = RawCall.Frame(right);
        Assert.Equal(Ok, (await SendAsync(framed)).Grpc);

        foreach (var (what, body, headers) in Bodies(framed, right, rpc.TakesStream))
        {
            var answer = await SendAsync(body, headers);
            Assert.True(IsRefusal(answer), $"{what}: {answer}");
        }

        Task<RawAnswer> SendAsync(byte[] body, params (string, string)[] headers) => RawCall.SendAsync(http, rpc.Path, token, new ByteArrayContent(body), request =>
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_body_that_grows_when_it_is_read_is_refused(string path, bool direct)
    {
        var (rpc, token, _) = await BeginAsync(path, direct);
        foreach (var (size, encoding) in ((int, string)[])[(1 << 20, "gzip"), (1 << 26, "gzip"), (1 << 26, "deflate")])
        {
            var answer = await RawCall.SendAsync(
                http, rpc.Path, token, new ByteArrayContent(RawCall.Frame(Squeezed(size, encoding), flag: 1)),
                request => request.Headers.TryAddWithoutValidation("grpc-encoding", encoding));

            Assert.True(IsRefusal(answer), $"{size} of {encoding}: {answer}");
        }
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_call_that_is_not_addressed_as_gRPC_is_refused(string path, bool direct)
    {
        var (rpc, token, right) = await BeginAsync(path, direct);
        var framed = RawCall.Frame(right);
        foreach (var type in (string[])["application/json", "application/grpc-web", "application/grpc-web-text", "text/html", "application/x-www-form-urlencoded"])
        {
            var answer = await RawCall.SendAsync(http, rpc.Path, token, new ByteArrayContent(framed), request =>
            {
                request.Content!.Headers.Remove("content-type");
                request.Content.Headers.TryAddWithoutValidation("content-type", type);
            });
            Assert.True((int)answer.Http is >= 400 and < 500 || IsRefusal(answer), $"{type}: {answer}");
        }

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Options, HttpMethod.Delete, HttpMethod.Head])
        {
            var answer = await RawCall.SendAsync(
                http, rpc.Path, token, method == HttpMethod.Put ? new ByteArrayContent(framed) : null, request => request.Method = method);
            Assert.True((int)answer.Http is >= 400 and < 500 || IsRefusal(answer), $"{method}: {answer}");
        }

        foreach (var other in Paths(rpc.Path))
        {
            var answer = await RawCall.SendAsync(http, other, token, new ByteArrayContent(framed));
            Assert.True((int)answer.Http is >= 400 and < 500 || IsRefusal(answer), $"{other}: {answer}");
        }
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Without_a_token_no_way_of_writing_the_path_opens_the_door(string path, bool direct)
    {
        var (rpc, _, right) = await BeginAsync(path, direct);
        // With a slash at its end it is the same RPC.
        foreach (var other in (string[])[.. Paths(rpc.Path), rpc.Path, rpc.Path + "/"])
        {
            var answer = await RawCall.SendAsync(
                http, other, "none", new ByteArrayContent(RawCall.Frame(right)), request => request.Headers.Authorization = null);
            Assert.True(answer.Grpc is "16" or "12" || (int)answer.Http is >= 400 and < 500, $"{other}: {answer}");
        }
    }

    [Fact]
    public async Task The_platform_is_unharmed_by_them() => await platform.Watch.UnharmedAsync();

    // What only reads answers OK, whoever asked before.
    private static Rpc Reading(IEnumerable<Rpc> alike) => alike.MaxBy(rpc => rpc.Method.Name.StartsWith("Get", StringComparison.Ordinal))!;

    private static IEnumerable<(string What, byte[] Body, (string, string)[] Headers)> Bodies(byte[] framed, byte[] right, bool stream)
    {
        yield return ("a flag of 2", RawCall.Frame(right, flag: 2), []);
        yield return ("a flag of 255", RawCall.Frame(right, flag: 255), []);
        yield return ("compressed in no named way", RawCall.Frame(right, flag: 1), []);
        yield return ("said to be compressed, and not so", RawCall.Frame([1, 2, 3, 4], flag: 1), [("grpc-encoding", "gzip")]);
        yield return ("compressed in an unknown way", RawCall.Frame(right, flag: 1), [("grpc-encoding", "snappy")]);
        yield return ("compressed by half", RawCall.Frame(Squeezed(1_000, "gzip")[..^5], flag: 1), [("grpc-encoding", "gzip")]);
        yield return ("one byte too long", RawCall.Frame(right, length: (uint)right.Length + 1), []);
        yield return ("2 GiB long", RawCall.Frame(right, length: 0x8000_0000), []);
        yield return ("4 GiB long", RawCall.Frame(right, length: uint.MaxValue), []);
        yield return ("just over the limit", RawCall.Frame(right, length: (256 * 1024) + 1), []);
        yield return ("a few bytes behind it", [.. framed, 0, 0], []);
        yield return ("text", "POST / HTTP/1.1\r\n\r\n"u8.ToArray(), []);
        for (var length = stream ? 1 : 0; length < 5; length++)
        {
            yield return ($"{length} bytes", framed[..length], []);
        }

        if (!stream)
        {
            yield return ("twice", [.. framed, .. framed], []);
        }

        if (right.Length > 1)
        {
            yield return ("one byte too short", RawCall.Frame(right, length: (uint)right.Length - 1), []);
        }
    }

    private static IEnumerable<string> Paths(string path) =>
    [
        path + "/x", path.Replace("/equecel", "//equecel", StringComparison.Ordinal), path.Replace('.', '/'), path.ToLowerInvariant() + "x",
        path[..^1], path + "%00", path.Replace("Service/", "Service%2F", StringComparison.Ordinal), path.Replace("Service/", "Service/./x/", StringComparison.Ordinal),
        path.Replace("equecel.", "grpc.", StringComparison.Ordinal), "/", "/grpc.health.v1.Health/Nothing", path + ";x=1",
    ];

    private static bool IsRefusal(RawAnswer answer) => answer.Grpc is not (Ok or Unknown or Internal) && (answer.Grpc.Length > 0 || (int)answer.Http is >= 400 and < 500);

    private static byte[] Squeezed(int size, string encoding)
    {
        using var squeezed = new MemoryStream();
        using (Stream stream = encoding == "gzip" ? new GZipStream(squeezed, CompressionLevel.SmallestSize) : new ZLibStream(squeezed, CompressionLevel.SmallestSize))
        {
            stream.Write(new byte[size]);
        }

        return squeezed.ToArray();
    }

    private async Task<(Rpc Rpc, string Token, byte[] Request)> BeginAsync(string path, bool direct)
    {
        var rpc = Rpc.Find(path);
        http.BaseAddress = platform.To(rpc, direct).Address;
        var token = rpc.Access!.ConfinedToSite ? platform.SiteToken("05") : platform.Token(rpc.Access.Scope);
        return (rpc, token, RequestMaker.Make(rpc, await platform.SubjectAsync("05")).Last().ToByteArray());
    }
}
