using System.Buffers.Binary;
using Equecel.Enrolment.V1;
using Google.Protobuf;
using StackExchange.Redis;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Servers that run full, forget, or hold what they should not.</summary>
internal static class ServerFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("the broker's disk is full", "full", context => AlarmAsync(context, "rabbit_disk_monitor:set_disk_free_limit(900000000000000)")),
        new("the broker's memory is full", "full", context => AlarmAsync(context, "vm_memory_monitor:set_vm_memory_high_watermark(0.0)")),
        new("the broker has lost all that it had", "loss", LoseBrokerAsync),
        new("the database's disk is full", "full", FillDatabaseAsync),
        new("the cache is emptied", "cache", context => CacheAsync(context, (_, server, _) => server.FlushAllDatabasesAsync())),
        new("the cache holds garbage", "cache", context => CacheAsync(context, PoisonAsync)),
        new("the cache holds others' values", "cache", context => CacheAsync(context, MixUpAsync)),
    ];

    private static async Task AlarmAsync(FaultContext context, string cause)
    {
        await context.Platform.Broker.RunAsync($"{cause}, ok");
        await Task.Delay(context.Between(2000, 14_000));
        await context.Platform.Broker.RunAsync("rabbit_disk_monitor:set_disk_free_limit(50000000), vm_memory_monitor:set_vm_memory_high_watermark(0.4), ok");
    }

    private static async Task LoseBrokerAsync(FaultContext context)
    {
        var broker = context.Platform.Broker;
        broker.Kill();
        await broker.GoneAsync();
        broker.LoseData();
        await broker.StartAsync();
        await context.Platform.SettleQueuesAsync();
    }

    private static async Task FillDatabaseAsync(FaultContext context)
    {
        var postgres = context.Platform.Postgres;
        if (!postgres.Disk.CanRunFull)
        {
            return;
        }

        // Without space for its log the server ends itself, and does not come back until there is some.
        postgres.MayEnd();
        postgres.Disk.Fill();
        await Task.Delay(context.Between(500, 5000));
        postgres.Disk.Free();
        await postgres.StartAsync();
    }

    private static async Task CacheAsync(FaultContext context, Func<FaultContext, IServer, IDatabase, Task> act)
    {
        try
        {
            await using var connection = await context.Platform.Cache.ConnectAsync();
            await act(context, connection.GetServers()[0], connection.GetDatabase());
        }
        catch (RedisException)
        {
            // Another fault has it.
        }
    }

    private static async Task PoisonAsync(FaultContext context, IServer server, IDatabase database)
    {
        await foreach (var key in server.KeysAsync(pattern: "equecel:*"))
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

    private static async Task MixUpAsync(FaultContext context, IServer server, IDatabase database)
    {
        var keys = await server.KeysAsync(pattern: "equecel:*").ToListAsync();
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
