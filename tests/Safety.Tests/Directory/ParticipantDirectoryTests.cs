using System.Buffers.Binary;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Net.Client;
using StackExchange.Redis;

namespace Equecel.Safety.Tests.Directory;

/// <summary>Memory, then Redis, then Enrolment, and each of them may be gone.</summary>
public sealed class ParticipantDirectoryTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private EnrolmentPeer Enrolment { get; } = new();
    private readonly List<ServiceProcess> processes = [];
    private TestRedis redis = null!;
    private string cache = null!;

    public async Task InitializeAsync()
    {
        redis = await TestRedis.StartOwnAsync();
        cache = redis.CreateDatabase();
        await Enrolment.StartAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
            Assert.DoesNotContain("Defect", process.Log, StringComparison.Ordinal);
        }

        await Enrolment.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task Enrolment_is_asked_once_and_other_instances_read_its_answer_in_the_cache()
    {
        var (one, two) = (await StartAsync(cache), await StartAsync(cache));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(cache);

        // Until the service has connected to the cache, it goes without.
        var number = 0;
        var key = await Eventually.GetAsync(
            async () =>
            {
                var code = $"01-{++number:0000}";
                Enrolment.Enrolled[code] = Form.Facts(code);
                Assert.Equal("", await SubmitAsync(one, code));
                Assert.Equal("AlreadyExists RECORD_EXISTS", await SubmitAsync(one, code));
                return Key(code);
            },
            key => connection.GetDatabase().KeyExists(key));
        Assert.NotNull(await connection.GetDatabase().KeyTimeToLiveAsync(key));
        Assert.Equal(Enumerable.Range(1, number).Select(i => $"01-{i:0000}"), Enrolment.Asked);
        Assert.Equal(["Bearer a-token"], Enrolment.Tokens.Distinct());

        // Only the cache can tell the other instance.
        Enrolment.Enrolled.Clear();
        await Eventually.GetAsync(() => SubmitAsync(two, $"01-{number:0000}"), why => why == "");
    }

    [Fact]
    public async Task What_the_cache_holds_wrongly_is_asked_anew()
    {
        Enrolment.Enrolled["01-0001"] = Form.Facts();
        Enrolment.Enrolled["01-0002"] = Form.Facts("01-0002");
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(cache))
        {
            await connection.GetDatabase().StringSetAsync(Key("01-0001"), "poison");
            await connection.GetDatabase().StringSetAsync(Key("01-0002"), Form.Facts("02-0002").ToByteArray());
            await connection.GetDatabase().StringSetAsync(Key("01-0003"), Array.Empty<byte>());
            // Well formed, by somebody who can write into the cache and lacks the key: a MAC, the time, and a participant whom nobody has enrolled.
            await connection.GetDatabase().StringSetAsync(Key("01-0004"), Form.Facts("01-0004").ToByteArray());
            await connection.GetDatabase().StringSetAsync(Key("01-0005"), (byte[])[.. new byte[32], .. Now(), .. Form.Facts("01-0005").ToByteArray()]);
        }

        var safety = await StartAsync(cache);
        Assert.Equal("", await SubmitAsync(safety, "01-0001"));
        Assert.Equal("", await SubmitAsync(safety, "01-0002"));
        foreach (var unknown in (string[])["01-0003", "01-0004", "01-0005"])
        {
            Assert.Equal("FailedPrecondition PARTICIPANT_UNKNOWN", await SubmitAsync(safety, unknown));
        }

        Assert.Equal(["01-0001", "01-0002", "01-0003", "01-0004", "01-0005"], Enrolment.Asked);
    }

    [Fact]
    public async Task Without_the_cache_everything_works()
    {
        Enrolment.Enrolled["01-0001"] = Form.Facts();

        Assert.Equal("", await SubmitAsync(await StartAsync(cache: null)));
    }

    [Fact]
    public async Task A_cache_that_is_killed_and_comes_back_changes_no_answer()
    {
        for (var i = 1; i <= 9; i++)
        {
            Enrolment.Enrolled[$"01-000{i}"] = Form.Facts($"01-000{i}");
        }

        var safety = await StartAsync(cache);
        Assert.Equal("", await SubmitAsync(safety, "01-0001"));
        await redis.StopAsync();
        for (var i = 2; i <= 5; i++)
        {
            Assert.Equal("", await SubmitAsync(safety, $"01-000{i}"));
        }

        await redis.StartAsync();
        for (var i = 6; i <= 9; i++)
        {
            Assert.Equal("", await SubmitAsync(safety, $"01-000{i}"));
        }
    }

    [Fact]
    public async Task While_Enrolment_is_down_those_who_are_known_go_on_and_the_others_are_told_when_to_come_again()
    {
        Enrolment.Enrolled["01-0001"] = Form.Facts();
        Enrolment.Enrolled["01-0002"] = Form.Facts("01-0002");
        var safety = await StartAsync(cache);
        Assert.Equal("", await SubmitAsync(safety, "01-0001"));
        await Enrolment.StopAsync();

        Assert.Equal("AlreadyExists RECORD_EXISTS", await SubmitAsync(safety, "01-0001"));
        var problem = await Problem.OfAsync(async () => await Site01(safety).SubmitRecordAsync(Form.Submit("01-0002")));
        Assert.Equal("Unavailable DEPENDENCY_DOWN", problem.Why);
        Assert.Equal(1, problem.Detail<RetryInfo>().RetryDelay.Seconds);
        Assert.Equal("1000", problem.Trailers.GetValue("grpc-retry-pushback-ms"));

        await Enrolment.StartAsync();
        await Eventually.GetAsync(() => SubmitAsync(safety, "01-0002"), why => why == "");
    }

    private static string Key(string code) => $"equecel:directory:v2:safety:{code}";

    private static byte[] Now()
    {
        var now = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(now, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        return now;
    }

    private async Task<GrpcChannel> StartAsync(string? cache)
    {
        var (process, channel) = await SafetyHost.StartAsync(await postgres.CreateDatabaseAsync(), cache, Enrolment);
        processes.Add(process);
        return channel;
    }

    private V1.SafetyService.SafetyServiceClient Site01(GrpcChannel channel) => SafetyHost.On(channel, Enrolment.Issuer.Token());

    private async Task<string> SubmitAsync(GrpcChannel channel, string participant = "01-0001")
    {
        try
        {
            await Site01(channel).SubmitRecordAsync(Form.Submit(participant));
            return "";
        }
        catch (global::Grpc.Core.RpcException e)
        {
            return Problem.Of(e).Why;
        }
    }
}
