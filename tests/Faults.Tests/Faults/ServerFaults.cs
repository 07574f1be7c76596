using System.Buffers.Binary;
using System.Diagnostics;
using Equecel.Enrolment.V1;
using Equecel.Faults.Tests.Running;
using Google.Protobuf;
using StackExchange.Redis;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Servers that run full, forget, or hold what they should not.</summary>
internal static class ServerFaults
{
    // Two can be mixed up.
    private const int LeastKeys = 2;
    private static readonly TimeSpan FillingTime = TimeSpan.FromSeconds(10);

    /// <summary>The database has no space left.</summary>
    public static Fault FullDatabase { get; } = new("the database's disk is full", "full", FillDatabaseAsync) { Hindrance = SmallDisk.Hindrance };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("the broker's disk is full", "full", context => AlarmAsync(context, "rabbit_disk_monitor:set_disk_free_limit(900000000000000)")),
        new("the broker's memory is full", "full", context => AlarmAsync(context, "vm_memory_monitor:set_vm_memory_high_watermark(0.0)")),
        new("the broker has lost all that it had", "loss", LoseBrokerAsync),
        FullDatabase,
        new("the cache is emptied", "cache", context => CacheAsync(context, (_, server, _, _) => server.FlushAllDatabasesAsync())),
        new("the cache holds garbage", "cache", context => CacheAsync(context, PoisonAsync)),
        new("the cache holds others' values", "cache", context => CacheAsync(context, MixUpAsync)),
    ];

    private static async Task<bool> AlarmAsync(FaultContext context, string cause)
    {
        var broker = context.Platform.Broker;
        await broker.RunAsync($"{cause}, ok");
        await Task.Delay(context.Between(2000, 14_000));
        var alarms = await broker.RunAsync("rabbit_alarm:get_alarms()");
        await broker.RunAsync("rabbit_disk_monitor:set_disk_free_limit(50000000), vm_memory_monitor:set_vm_memory_high_watermark(0.4), ok");
        return alarms is not ("" or "[]");
    }

    private static async Task<bool> LoseBrokerAsync(FaultContext context)
    {
        var broker = context.Platform.Broker;
        broker.Kill();
        await broker.GoneAsync();
        broker.LoseData();
        context.Examination.BrokerHasLostAll();
        await broker.StartAsync();
        await context.Platform.SettleQueuesAsync();
        return true;
    }

    private static async Task<bool> FillDatabaseAsync(FaultContext context)
    {
        var postgres = context.Platform.Postgres;
        // Without space for its log the server ends itself, and does not come back until there is some.
        postgres.MayEnd();
        var full = await postgres.EndSessionsAsync(() =>
        {
            // Who connects anew writes such a file first, and is not let in when it does not fit.
            foreach (var file in Directory.EnumerateFiles(postgres.Data, "pg_internal.init", SearchOption.AllDirectories))
            {
                File.Delete(file);
            }

            return postgres.Disk.Fill();
        });
        await Task.Delay(context.Between(500, 5000));
        postgres.Disk.Free();
        await postgres.StartAsync();
        return full;
    }

    private static async Task<bool> CacheAsync(FaultContext context, Func<FaultContext, IServer, IDatabase, IReadOnlyList<RedisKey>, Task> act)
    {
        try
        {
            await using var connection = await context.Platform.Cache.ConnectAsync();
            var server = connection.GetServers()[0];
            var keys = await KeysAsync(server);
            await act(context, server, connection.GetDatabase(), keys);
            return keys.Count >= LeastKeys;
        }
        catch (RedisException)
        {
            // Another fault has it.
            return false;
        }
    }

    /// <summary>What is in the cache, once there is enough of it: services fill it again as they ask.</summary>
    private static async Task<IReadOnlyList<RedisKey>> KeysAsync(IServer server)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            var keys = await server.KeysAsync(pattern: "equecel:*").ToListAsync();
            if (keys.Count >= LeastKeys || clock.Elapsed > FillingTime)
            {
                return keys;
            }

            await Task.Delay(100);
        }
    }

    private static async Task PoisonAsync(FaultContext context, IServer server, IDatabase database, IReadOnlyList<RedisKey> keys)
    {
        foreach (var key in keys)
        {
            var garbage = new byte[context.Dice.Next(0, 100)];
            context.Dice.NextBytes(garbage);
            await database.StringSetAsync(key, context.Dice.Next(2) == 0 ? garbage : Forged(context, key.ToString().Split(':')[^1]));
        }
    }

    // Well formed, and never expiring, as whoever reaches the cache and lacks the key could write it: a MAC, the time, and that the participant is frozen.
    private static byte[] Forged(FaultContext context, string participant)
    {
        var head = new byte[40];
        context.Dice.NextBytes(head);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(32), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        return [.. head, .. new ParticipantFacts { Participant = participant, Site = participant.Split('-')[0], FreezeReason = "Forged." }.ToByteArray()];
    }

    private static async Task MixUpAsync(FaultContext context, IServer server, IDatabase database, IReadOnlyList<RedisKey> keys)
    {
        var values = new List<RedisValue>();
        foreach (var key in keys)
        {
            values.Add(await database.StringGetAsync(key));
        }

        for (var i = 0; i < keys.Count; i++)
        {
            await database.StringSetAsync(keys[i], values[(i + 1) % values.Count]);
        }
    }
}
