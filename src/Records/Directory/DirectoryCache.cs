using Equecel.Enrolment.V1;
using StackExchange.Redis;

namespace Equecel.Records.Directory;

/// <summary>What other instances of the service learnt about participants, in Redis: a cache, never a judge. Without it everything works, more slowly.</summary>
/// <param name="redis">The server.</param>
/// <param name="service">Name of the service: each has entries of its own, which the others cannot open.</param>
/// <param name="entries">Seals what is kept, and opens it.</param>
/// <param name="time">Measures the pause after an outage.</param>
internal sealed class DirectoryCache(Lazy<IConnectionMultiplexer> redis, string service, SealedFacts entries, TimeProvider time)
{
    // A MAC, the time, and the facts.
    private const int Version = 2;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string prefix = $"equecel:directory:v{Version}:{service}:";
    private long pausedSince;

    /// <summary>What is known of participants; nothing when Redis does not answer in time.</summary>
    /// <param name="codes">Their codes.</param>
    public async Task<List<ParticipantFacts>> FindAsync(IReadOnlyList<string> codes)
    {
        if (Paused)
        {
            return [];
        }

        try
        {
            // Connecting the first time blocks, so it happens elsewhere and within the same limit.
            var values = await Task.Run(() => redis.Value.GetDatabase().StringGetAsync([.. codes.Select(code => (RedisKey)(prefix + code))])).WaitAsync(TimeLimit);
            return [.. values.Zip(codes).Select(pair => Open(pair.First, pair.Second)).OfType<ParticipantFacts>()];
        }
        catch (Exception e) when (IsOutage(e))
        {
            Interlocked.Exchange(ref pausedSince, time.GetTimestamp());
            return [];
        }
    }

    /// <summary>Tells other instances, without waiting.</summary>
    /// <param name="known">What Enrolment answered.</param>
    public void Put(IReadOnlyList<ParticipantFacts> known)
    {
        if (Paused || known.Count == 0 || !redis.IsValueCreated)
        {
            return;
        }

        try
        {
            var database = redis.Value.GetDatabase();
            foreach (var facts in known)
            {
                database.StringSet(prefix + facts.Participant, entries.Seal(facts), SealedFacts.KeptFor, flags: CommandFlags.FireAndForget);
            }
        }
        catch (Exception e) when (IsOutage(e))
        {
            Interlocked.Exchange(ref pausedSince, time.GetTimestamp());
        }
    }

    private bool Paused => Interlocked.Read(ref pausedSince) is not 0 and var since && time.GetElapsedTime(since) < Pause;

    // A connection that dies shows as an invalid operation of the client's own while it reads from it, and as a cancellation of what waits there.
    private static bool IsOutage(Exception e) => e is RedisException or TimeoutException or InvalidOperationException or OperationCanceledException;

    // What cannot be opened is a miss.
    private ParticipantFacts? Open(RedisValue value, string code) => value.IsNull ? null : entries.Find(((ReadOnlyMemory<byte>)value).Span, code);
}
