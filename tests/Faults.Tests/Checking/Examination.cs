using System.Collections.Concurrent;
using System.Diagnostics;
using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;
using Grpc.Core;
using Npgsql;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Looks at everything once the faults are over and the platform has had time to settle.</summary>
/// <param name="platform">The platform.</param>
/// <param name="load">What used it.</param>
internal sealed class Examination(Platform platform, Load load)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan EmptyingTime = TimeSpan.FromSeconds(30);

    private readonly Databases databases = new(platform.Postgres);
    private Dictionary<string, Size>? firstSizes;

    /// <summary>How long the platform may take to settle.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>
    /// Bodies of messages that the examiner itself has planted and that nobody can use, and whether each has to end parked: the broker
    /// has confirmed it, and has not lost it since.
    /// </summary>
    public ConcurrentDictionary<string, bool> Planted { get; } = new();

    /// <summary>Notes that the broker has lost what it had.</summary>
    public void BrokerHasLostAll()
    {
        foreach (var body in Planted.Keys)
        {
            Planted[body] = false;
        }
    }

    /// <summary>What Analytics holds by now, by the message that tells it; nothing while its database is away.</summary>
    public async Task<HashSet<string>> HeldAsync()
    {
        try
        {
            return [.. (await databases.WitnessAsync()).Select(row => $"{row.RecordId}/{row.Version}")];
        }
        catch (NpgsqlException)
        {
            return [];
        }
    }

    /// <summary>Looks whether what Analytics has acknowledged is stored; at any instant it must be.</summary>
    public async Task LookAtAcknowledgedAsync()
    {
        string[] acknowledged = [.. platform.Messages.Acknowledged.Keys];
        if (await HeldAsync() is { Count: > 0 } held)
        {
            MessageChecks.Unstored(acknowledged, held).ToList().ForEach(load.Complaints.Add);
        }
    }

    /// <summary>Waits until Analytics has everything, and looks at it all.</summary>
    /// <param name="dice">Chooses the cursors that feeds are resumed from.</param>
    /// <returns>What is wrong, and how long Analytics took.</returns>
    public async Task<(IReadOnlyList<string> Violations, TimeSpan Drained)> RunAsync(Random dice)
    {
        var clock = Stopwatch.StartNew();
        List<string> violations;
        List<string> underived;
        TimeSpan drained;
        long settled;
        do
        {
            settled = await SettleAsync(clock);
            drained = clock.Elapsed;
            (violations, underived) = await LookAsync(dice);
        }
        // Services derive and ask in their own time: what they saved while it was looked at would be in one half of the picture only.
        while (clock.Elapsed < Patience && (underived.Count > 0 || (await databases.CountAsync()).Journals.Sum(journal => journal.Count) != settled));

        violations.AddRange(underived);
        await load.StopWatchingAsync();
        await LookAtAcknowledgedAsync();
        violations.AddRange(load.Complaints.Take());
        violations.AddRange(await ParkedAsync());
        violations.AddRange(await QueuesAsync());
        violations.AddRange(await UnparkedAsync());
        violations.AddRange(await SizesAsync());
        violations.AddRange(platform.Parts.SelectMany(part => part.OwnEnds));
        platform.Parts.ToList().ForEach(part => part.OwnEnds.Clear());
        return (violations, drained);
    }

    /// <returns>What is wrong, and what is not derived as it should be, which may only be late.</returns>
    private async Task<(List<string> Violations, List<string> Underived)> LookAsync(Random dice)
    {
        var violations = new List<string>();
        var positions = await databases.PositionsAsync();
        string[] confirmed = [.. platform.Messages.Confirmed.Keys];
        var journal = await databases.JournalsAsync();
        violations.AddRange(SaveChecks.Faults(load.History.Entries, journal, Contents.HashOf));
        violations.AddRange(VersionChecks.Faults(journal, await databases.CurrentAsync(), Contents.FormOf));
        violations.AddRange(HashChain.Faults(journal));
        violations.AddRange(WitnessChecks.Faults(journal, await databases.WitnessAsync(), Contents.Read, Contents.HashOf));
        violations.AddRange(MessageChecks.Unpublished(journal, positions, confirmed));
        violations.AddRange(await FeedsAsync(journal, dice));
        return (violations, [.. DerivedChecks.Faults(journal, Contents.DerivationPartOf)]);
    }

    /// <summary>Waits until all that is told is known everywhere.</summary>
    /// <returns>How many versions the journals hold.</returns>
    private async Task<long> SettleAsync(Stopwatch clock)
    {
        var (known, since) = (-1L, clock.Elapsed);
        while (clock.Elapsed < Patience)
        {
            var (journals, witness) = await databases.CountAsync();
            var count = journals.Sum(journal => journal.Count);
            (known, since) = count == known ? (known, since) : (count, clock.Elapsed);

            // A follower who was cut off comes back in its own time: each is waited for.
            if (count == witness && clock.Elapsed - since > Quiet && load.Watchers.TrueForAll(watcher => watcher.Seen.Count >= journals
                .Where(journal => journal.Service == watcher.Service && (watcher.Client.Site.Length == 0 || watcher.Client.Site == journal.Site))
                .Sum(journal => journal.Count)))
            {
                break;
            }

            await Task.Delay(100);
        }

        return known;
    }

    private async Task<List<string>> FeedsAsync(List<JournalRow> journal, Random dice)
    {
        var faults = new List<string>();
        foreach (var watcher in load.Watchers)
        {
            var own = journal.Where(row => row.Service == watcher.Service && (watcher.Client.Site.Length == 0 || row.Site == watcher.Client.Site)).ToList();
            var who = $"{watcher.Client.Name}, following {watcher.Service} through the faults,";
            faults.AddRange(FeedChecks.Faults(who, watcher.Seen, own));
            if (watcher.Client != load.Study || watcher.Seen.Count == 0)
            {
                continue;
            }

            try
            {
                var reader = new Watcher(load.Study, watcher.Service);
                var whole = await reader.ReadOnceAsync("", CancellationToken.None);
                faults.AddRange(FeedChecks.Faults($"A reader of the whole feed of {watcher.Service}", whole, own));
                var at = dice.Next(whole.Count);
                var rest = await reader.ReadOnceAsync(whole[at].Token, CancellationToken.None);
                if (!rest.Select(change => (change.RecordId, change.Version)).SequenceEqual(whole.Skip(at + 1).Select(change => (change.RecordId, change.Version))))
                {
                    faults.Add($"The feed of {watcher.Service}, resumed after change {at + 1} of {whole.Count}, does not tell the changes after it, each once");
                }
            }
            catch (Exception e) when (e is RpcException or IOException or HttpRequestException)
            {
                faults.Add($"The feed of {watcher.Service} cannot be read: {e.Message}");
            }
        }

        return faults;
    }

    private async Task<IEnumerable<string>> ParkedAsync() =>
        from parked in await databases.ParkedAsync()
        where !Planted.ContainsKey(Convert.ToHexString(parked.Body))
        select $"Analytics has parked a message that nobody planted: {parked.Reason}";

    private async Task<List<string>> UnparkedAsync()
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            var parked = (await databases.ParkedAsync()).Select(message => Convert.ToHexString(message.Body)).ToHashSet();
            var left = Planted.Where(message => message.Value && !parked.Contains(message.Key)).ToList();
            if (left.Count == 0 || clock.Elapsed > EmptyingTime)
            {
                return left.ConvertAll(message => $"Analytics has not parked a message that nobody can use: {message.Key}");
            }

            await Task.Delay(200);
        }
    }

    private async Task<List<string>> QueuesAsync()
    {
        var faults = new List<string>();
        await using var connection = await platform.Broker.ConnectAsync();
        foreach (var queue in (string[])[Platform.Queue, $"{Platform.Queue}.dead"])
        {
            var left = await EmptyAsync(connection, queue);
            if (left > 0)
            {
                faults.Add($"{left} messages are left in the queue {queue}");
            }
        }

        return faults;
    }

    private static async Task<uint> EmptyAsync(RabbitMQ.Client.IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        for (var clock = Stopwatch.StartNew(); ;)
        {
            var left = (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
            if (left == 0 || clock.Elapsed > EmptyingTime)
            {
                return left;
            }

            await Task.Delay(200);
        }
    }

    private async Task<List<string>> SizesAsync()
    {
        firstSizes ??= Sizes.Of(platform);
        for (var attempt = 0; ; attempt++)
        {
            // Pools give connections back after a minute without use, and the collector memory when it likes.
            var faults = Sizes.Faults(firstSizes, Sizes.Of(platform), platform.Links.Select(link => (link.Name, link.OpenCount)), await SessionsAsync()).ToList();
            if (faults.Count == 0 || attempt == 90)
            {
                return faults;
            }

            await Task.Delay(1000);
        }
    }

    private async Task<List<(string Program, long Count)>> SessionsAsync()
    {
        try
        {
            return await databases.ConnectionsAsync();
        }
        catch (NpgsqlException)
        {
            return [];
        }
    }
}
