using Equecel.Enrolment.V1;
using Google.Protobuf;
using StackExchange.Redis;

namespace Equecel.Records.Directory;

/// <summary>What other instances learnt about participants, in Redis: a cache, never a judge. Without it everything works, more slowly.</summary>
internal sealed class DirectoryCache(Lazy<IConnectionMultiplexer> redis, TimeProvider time)
{
    private const string Prefix = "equecel:directory:v1:";
    // Freeze says in its proto how long it takes to hold everywhere: this, what services keep in memory, and what Enrolment does.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

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
            var values = await Task.Run(() => redis.Value.GetDatabase().StringGetAsync([.. codes.Select(code => (RedisKey)(Prefix + code))])).WaitAsync(TimeLimit);
            return [.. values.Zip(codes).Select(pair => Parse(pair.First, pair.Second)).OfType<ParticipantFacts>()];
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
                database.StringSet(Prefix + facts.Participant, facts.ToByteArray(), KeptFor, flags: CommandFlags.FireAndForget);
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

    /// <summary>A value that cannot be read, or is about somebody else, is a miss.</summary>
    private static ParticipantFacts? Parse(RedisValue value, string code)
    {
        if (value.IsNull)
        {
            return null;
        }

        try
        {
            var facts = ParticipantFacts.Parser.ParseFrom((byte[])value!);
            return facts.Participant == code ? facts : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
