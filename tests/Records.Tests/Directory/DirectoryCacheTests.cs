using System.Buffers.Binary;
using Equecel.Enrolment.V1;
using Equecel.Records.Directory;
using Google.Protobuf;
using StackExchange.Redis;

namespace Equecel.Records.Tests.Directory;

public sealed class DirectoryCacheTests(TestRedis redis) : IClassFixture<TestRedis>, IAsyncLifetime
{
    private const string Code = "01-0001";
    private const string Known = "01-9999";
    private const int MacLength = 32;
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly Clock clock = new();
    private ConnectionMultiplexer connection = null!;

    public static TheoryData<Exception> Outages => new()
    {
        new RedisConnectionException(ConnectionFailureType.SocketFailure, "gone"),
        new TimeoutException(),
        // What waits on a connection that dies is cancelled.
        new TaskCanceledException(),
        new InvalidOperationException("Reading is not allowed after the reader was completed."),
    };

    public async Task InitializeAsync() => connection = await ConnectionMultiplexer.ConnectAsync(redis.CreateDatabase());

    public async Task DisposeAsync() => await connection.DisposeAsync();

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task However_Redis_fails_nothing_is_known_and_it_is_left_alone_for_a_while(Exception outage)
    {
        var asked = 0;
        var cache = new DirectoryCache(
            new Lazy<IConnectionMultiplexer>(() => throw Count(outage), LazyThreadSafetyMode.PublicationOnly), "safety", Sealed(), TimeProvider.System);

        Assert.Empty(await cache.FindAsync(["01-0001"]));
        Assert.Empty(await cache.FindAsync(["01-0001"]));
        cache.Put([new ParticipantFacts { Participant = "01-0001" }]);

        Assert.Equal(1, asked);

        Exception Count(Exception e)
        {
            asked++;
            return e;
        }
    }

    [Fact]
    public async Task What_one_instance_puts_another_finds_for_ten_seconds_and_no_longer_though_it_never_expires()
    {
        Cache().Put([Facts(Code)]);
        var lifetime = await connection.GetDatabase().KeyTimeToLiveAsync(Name(Code));
        Assert.InRange(lifetime!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.True(await connection.GetDatabase().KeyPersistAsync(Name(Code)));

        foreach (var (seconds, isKnown) in ((double, bool)[])[(0, true), (9.9, true), (10, false), (3600, false), (0, true)])
        {
            clock.Now = Clock.Start.AddSeconds(seconds);
            Assert.Equal(isKnown ? Facts(Code) : null, await FindAsync());
        }
    }

    [Fact]
    public async Task What_is_from_the_future_is_a_miss()
    {
        clock.Now = Clock.Start.AddSeconds(1);
        await SetAsync(Code, Sealed().Seal(Facts(Code)));

        clock.Now = Clock.Start;
        Assert.Null(await FindAsync());
        clock.Now = Clock.Start.AddSeconds(1);
        Assert.Equal(Facts(Code), await FindAsync());
    }

    [Fact]
    public async Task What_was_forged_altered_or_sealed_for_somebody_else_is_a_miss()
    {
        var good = Sealed().Seal(Facts(Code));
        var renewed = Altered(good, value => BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(MacLength), Clock.Start.AddSeconds(1).ToUnixTimeMilliseconds()));
        foreach (var value in (byte[][])[
            [], [1, 2, 3], good[..^1], good[..MacLength], [.. good, 0],
            Facts(Code).ToByteArray(),
            [.. new byte[MacLength], .. good[MacLength..]],
            new SealedFacts(new byte[32], clock).Seal(Facts(Code)),
            renewed,
            Altered(good, value => value[^1] ^= 1),
            Altered(good, value => value[0] ^= 1),
            Sealed().Seal(Facts("01-0002"))])
        {
            await SetAsync(Code, value);
            Assert.Null(await FindAsync());
        }

        await SetAsync(Code, good);
        Assert.Equal(Facts(Code), await FindAsync());
    }

    private static string Name(string code) => $"equecel:directory:v2:safety:{code}";

    private static ParticipantFacts Facts(string code) => new() { Participant = code, Site = "01", EnrolmentDate = "2025-03-04", Revision = 7 };

    private static byte[] Altered(byte[] value, Action<byte[]> alter)
    {
        byte[] altered = [.. value];
        alter(altered);
        return altered;
    }

    private SealedFacts Sealed() => new(Key, clock);

    private DirectoryCache Cache() => new(new Lazy<IConnectionMultiplexer>(connection), "safety", Sealed(), TimeProvider.System);

    private Task<bool> SetAsync(string code, byte[] value) => connection.GetDatabase().StringSetAsync(Name(code), value);

    /// <summary>What is known, asked until the server answers in time, which shows in what is known for sure.</summary>
    private async Task<ParticipantFacts?> FindAsync()
    {
        var cache = Cache();
        await SetAsync(Known, Sealed().Seal(Facts(Known)));
        var found = await Eventually.GetAsync(() => cache.FindAsync([Code, Known]), known => known.Exists(facts => facts.Participant == Known));
        return found.Find(facts => facts.Participant == Code);
    }

    private sealed class Clock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
