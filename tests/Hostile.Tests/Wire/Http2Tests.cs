using Equecel.Hostile.Tests.Running;
using static Equecel.Hostile.Tests.Wire.Http2Connection;

namespace Equecel.Hostile.Tests.Wire;

/// <summary>HTTP/2 as nobody should speak it, over a socket, at the gateway and at every service: the others' calls go on.</summary>
/// <remarks>Sources: RFC 9113 section 10.5; CVE-2023-44487 (rapid reset), CVE-2019-9512 to 9518 (floods), CVE-2024-27316 (endless CONTINUATION).</remarks>
[Collection(Attacked.Name)]
public sealed class Http2Tests(HostilePlatform platform)
{
    private const int Many = 3_000;
    private const ushort HeaderTableSize = 1;
    private const ushort InitialWindowSize = 4;
    private const ushort MaxFrameSize = 5;

    private static readonly Dictionary<string, Func<Uri, string, string, Task>> Attacks = new()
    {
        ["streams that are begun and taken back"] = (to, path, token) => FloodAsync(to, i =>
            [.. Frame(Headers, EndHeaders, Stream(i), Call(path, token)), .. Frame(Reset, 0, Stream(i), Number(8))]),
        ["streams that are begun and never ended"] = (to, path, token) => FloodAsync(to, i => Frame(Headers, EndHeaders, Stream(i), Call(path, token)), 300),
        ["settings"] = (to, _, _) => FloodAsync(to, _ => Frame(Settings, 0, 0, [])),
        ["settings whose answers nobody reads"] = (to, _, _) => FloodAsync(to, _ => Frame(Settings, 0, 0, Setting(InitialWindowSize, 1)), 20_000, reads: false),
        ["pings whose answers nobody reads"] = (to, _, _) => FloodAsync(to, _ => Frame(Ping, 0, 0, new byte[8]), 20_000, reads: false),
        ["answers to no settings"] = (to, _, _) => FloodAsync(to, _ => Frame(Settings, Ack, 0, [])),
        ["priorities"] = (to, _, _) => FloodAsync(to, i => Frame(Priority, 0, Stream(i), [0, 0, 0, 1, 15])),
        ["a stream that hangs on itself"] = (to, _, _) => SendAsync(to, Frame(Priority, 0, 1, [0, 0, 0, 1, 15])),
        ["empty data"] = (to, path, token) => SendAsync(
            to, [Frame(Headers, EndHeaders, 1, Call(path, token)), .. Enumerable.Repeat(Frame(Data, 0, 1, []), Many)]),
        ["padding alone"] = (to, path, token) => SendAsync(
            to, [Frame(Headers, EndHeaders, 1, Call(path, token)), .. Enumerable.Repeat(Frame(Data, Padded, 1, [255, .. new byte[255]]), Many)]),
        ["padding longer than its frame"] = (to, path, token) => SendAsync(
            to, Frame(Headers, EndHeaders, 1, Call(path, token)), Frame(Data, Padded, 1, [200, 0, 0])),
        ["headers that go on and on"] = (to, path, token) => SendAsync(
            to, [Frame(Headers, 0, 1, Call(path, token)), .. Enumerable.Repeat(Frame(Continuation, 0, 1, Fields(("x", new string('y', 16_000)))), 500)]),
        ["headers that go on without a word"] = (to, path, token) => SendAsync(
            to, [Frame(Headers, 0, 1, Call(path, token)), .. Enumerable.Repeat(Frame(Continuation, 0, 1, []), Many)]),
        ["headers broken off by another stream"] = (to, path, token) => SendAsync(
            to, Frame(Headers, 0, 1, Call(path, token)), Frame(Headers, EndHeaders, 3, Call(path, token))),
        ["a continuation of nothing"] = (to, path, token) => SendAsync(to, Frame(Continuation, EndHeaders, 1, Call(path, token))),
        ["a thousand headers"] = (to, path, token) => SendAsync(
            to, Frame(Headers, EndHeaders | EndStream, 1, [.. Call(path, token), .. Fields([.. Enumerable.Range(0, 1_000).Select(i => ($"x{i}", "y"))])])),
        ["one header of 60,000 letters"] = (to, path, token) => SendAsync(
            to, [Frame(Headers, 0, 1, Call(path, token)), .. Pieces(Fields(("x", new string('y', 60_000))))]),
        ["headers that swell when they are read"] = (to, path, token) => SendAsync(
            // One field of 4,000 letters is remembered, and then named 4,000 times by one byte each.
            to, Frame(Headers, EndHeaders | EndStream, 1, [.. Call(path, token), 0x40, 1, (byte)'x', .. Fields(("", new string('y', 4_000)))[2..], .. Enumerable.Repeat((byte)0xBE, 4_000)])),
        ["a header that nobody has named"] = (to, path, token) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 1, [.. Call(path, token), 0xFF, 0xFF, 0x7F])),
        ["a table of headers of 4 GiB"] = (to, _, _) => SendAsync(to, Frame(Settings, 0, 0, Setting(HeaderTableSize, uint.MaxValue))),
        ["a header in capitals"] = (to, path, token) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 1, [.. Call(path, token), .. Fields(("X-BIG", "1"))])),
        ["a header with a line break"] = (to, path, token) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 1, [.. Call(path, token), .. Fields(("x", "a\r\nb: c"))])),
        ["a header of one connection"] = (to, path, token) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 1, [.. Call(path, token), .. Fields(("transfer-encoding", "chunked"))])),
        ["two paths"] = (to, path, token) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 1, [.. Fields((":path", "/")), .. Call(path, token)])),
        ["no path"] = (to, _, _) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 1, Fields((":method", "POST"), (":scheme", "http")))),
        ["no headers"] = (to, _, _) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 1, [])),
        ["a length of its body that is not so"] = (to, path, token) => SendAsync(
            to, Frame(Headers, EndHeaders, 1, [.. Call(path, token), .. Fields(("content-length", "5000"))]), Frame(Data, EndStream, 1, new byte[5])),
        ["a window that grows over"] = (to, _, _) => SendAsync(to, Frame(WindowUpdate, 0, 0, Number(int.MaxValue)), Frame(WindowUpdate, 0, 0, Number(int.MaxValue))),
        ["a window that grows by nothing"] = (to, _, _) => SendAsync(to, Frame(WindowUpdate, 0, 0, Number(0))),
        ["a window larger than any"] = (to, _, _) => SendAsync(to, Frame(Settings, 0, 0, Setting(InitialWindowSize, uint.MaxValue))),
        ["windows that grow by one"] = (to, _, _) => FloodAsync(to, _ => Frame(WindowUpdate, 0, 0, Number(1))),
        ["no window for any answer"] = (to, path, token) => SendAsync(
            to, [Frame(Settings, 0, 0, Setting(InitialWindowSize, 0)), .. Enumerable.Range(0, 90).Select(i => (byte[])[.. Frame(Headers, EndHeaders, Stream(i), Call(path, token)), .. Frame(Data, EndStream, Stream(i), new byte[5])])]),
        ["more data than the window has"] = (to, path, token) => SendAsync(
            to, [Frame(Headers, EndHeaders, 1, Call(path, token)), .. Enumerable.Repeat(Frame(Data, 0, 1, new byte[16_384]), 600)]),
        ["a frame of 16 MiB"] = (to, path, token) => SendAsync(to, Frame(Headers, EndHeaders, 1, Call(path, token)), Frame(Data, 0, 1, new byte[1 << 20], (1 << 24) - 1)),
        ["frames of 16 MiB allowed"] = (to, _, _) => SendAsync(to, Frame(Settings, 0, 0, Setting(MaxFrameSize, uint.MaxValue))),
        ["a setting cut off"] = (to, _, _) => SendAsync(to, Frame(Settings, 0, 0, [0, 1, 0])),
        ["a ping of nine bytes"] = (to, _, _) => SendAsync(to, Frame(Ping, 0, 0, new byte[9])),
        ["a ping on a stream"] = (to, _, _) => SendAsync(to, Frame(Ping, 0, 1, new byte[8])),
        ["data on no stream"] = (to, _, _) => SendAsync(to, Frame(Data, 0, 0, new byte[5])),
        ["data on a stream that is not open"] = (to, _, _) => SendAsync(to, Frame(Data, 0, 7, new byte[5])),
        ["a stream of the server"] = (to, path, token) => SendAsync(to, Frame(Headers, EndHeaders | EndStream, 2, Call(path, token))),
        ["streams backwards"] = (to, path, token) => SendAsync(
            to, Frame(Headers, EndHeaders | EndStream, 9, Call(path, token)), Frame(Headers, EndHeaders | EndStream, 3, Call(path, token))),
        ["a promise of the client"] = (to, path, token) => SendAsync(to, Frame(PushPromise, EndHeaders, 1, [.. Number(2), .. Call(path, token)])),
        ["a reset of what never was"] = (to, _, _) => SendAsync(to, Frame(Reset, 0, 5, Number(8))),
        ["farewells"] = (to, _, _) => FloodAsync(to, _ => Frame(GoAway, 0, 0, [.. Number(0), .. Number(11)])),
        ["frames that nobody knows"] = (to, _, _) => FloodAsync(to, i => Frame((byte)(0xB0 + (i % 16)), 255, (uint)i, new byte[50])),
        ["noise"] = (to, _, _) => FloodAsync(to, i => Noise(i)),
        ["HTTP/1.1"] = (to, path, token) => BeginAsync(to, System.Text.Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
        ["TLS"] = (to, _, _) => BeginAsync(to, [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, .. Noise(1)]),
        ["half of a beginning"] = (to, _, _) => BeginAsync(to, "PRI * HTTP/2.0\r\n"u8.ToArray()),
        ["a beginning of a megabyte"] = (to, _, _) => BeginAsync(to, new byte[1 << 20]),
        ["four hundred connections without a word"] = ConnectAsync,
    };

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var attack in Attacks.Keys)
        {
            data.Add(attack, "gateway");
            data.Add(attack, Rpc.Services[attack.Length % Rpc.Services.Count]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_good_call_works_during_and_after(string attack, string at)
    {
        var rpc = Rpc.All.First(known => known.Service == (at == "gateway" ? Rpc.Services[0] : at));
        var token = rpc.Access!.ConfinedToSite ? platform.SiteToken("06") : platform.Token(rpc.Access.Scope);
        var attacking = Attacks[attack](platform.To(rpc, direct: at != "gateway").Address, rpc.Path, token);

        await platform.Watch.GoodCallsWorkAsync(attacking, at == "gateway" ? null : at);
    }

    [Fact]
    public async Task The_platform_is_unharmed_by_them() => await platform.Watch.UnharmedAsync("output operations maximum queue size");

    private static uint Stream(int number) => (uint)((2 * number) + 1);

    private static byte[] Noise(int seed)
    {
        var noise = new byte[200];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private static IEnumerable<byte[]> Pieces(byte[] fields)
    {
        var pieces = fields.Chunk(16_000).ToList();
        return pieces.Select((piece, i) => Frame(Continuation, i == pieces.Count - 1 ? EndHeaders : (byte)0, 1, piece));
    }

    private static async Task FloodAsync(Uri to, Func<int, byte[]> frame, int count = Many, bool reads = true)
    {
        using var connection = await OpenAsync(to, reads);
        await connection.FloodAsync(count, frame);
        await connection.SettleAsync();
    }

    private static async Task SendAsync(Uri to, params IEnumerable<byte[]> frames)
    {
        using var connection = await OpenAsync(to);
        var all = frames.ToArray();
        await connection.FloodAsync(all.Length, i => all[i]);
        await connection.SettleAsync();
    }

    private static async Task BeginAsync(Uri to, byte[] preface)
    {
        using var connection = await OpenAsync(to, preface: preface);
        await connection.SettleAsync();
    }

    private static async Task ConnectAsync(Uri to, string path, string token)
    {
        var connections = new List<Http2Connection>();
        for (var i = 0; i < 400; i++)
        {
            connections.Add(await OpenAsync(to));
        }

        await connections[0].SettleAsync();
        connections.ForEach(connection => connection.Dispose());
    }
}
