using System.Buffers.Binary;
using System.Globalization;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Support;

/// <summary>What the services have saved, and the positions that they were asked to resume from.</summary>
internal sealed class CaptureFeed
{
    private readonly Lock turn = new();
    private readonly List<IMessage> records = [];
    private readonly List<string> resumed = [];
    private readonly List<string> asked = [];

    /// <summary>What the services were told is asked over several of them: service, participant, code and field of each question, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (turn)
            {
                return [.. asked];
            }
        }
    }

    /// <summary>Services that cannot be told what is asked.</summary>
    public HashSet<string> Deaf { get; } = [];

    /// <summary>Service and resume token of each call, in order.</summary>
    public IReadOnlyList<string> Resumed
    {
        get
        {
            lock (turn)
            {
                return [.. resumed];
            }
        }
    }

    /// <summary>How often a version was asked for by itself.</summary>
    public int FetchedCount { get; private set; }

    /// <summary>Whether digests are answered.</summary>
    public bool HasDigests { get; set; } = true;

    /// <summary>The instant before which no save is open any more; null for now.</summary>
    public DateTimeOffset? Settled { get; set; }

    /// <summary>Whether a version can be had by itself.</summary>
    public bool GivesVersions { get; set; } = true;

    /// <summary>Waits here before each change of a feed.</summary>
    public Func<Task> BeforeChange { get; set; } = () => Task.CompletedTask;

    public void Add(params IEnumerable<IMessage> saved)
    {
        lock (turn)
        {
            records.AddRange(saved);
        }
    }

    /// <summary>Takes one away, as no service should.</summary>
    public void Remove(IMessage saved)
    {
        lock (turn)
        {
            records.Remove(saved);
        }
    }

    /// <summary>Takes what is asked.</summary>
    public SetCrossChecksResponse Ask(string service, SetCrossChecksRequest request)
    {
        lock (turn)
        {
            if (Deaf.Contains(service))
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "Not now."));
            }

            asked.AddRange(request.Participants.Select(one =>
                $"{service} {one.Participant} {string.Join(", ", one.Questions.Select(question => $"{question.Code} {question.Field}"))}".TrimEnd()));
            return new SetCrossChecksResponse();
        }
    }

    /// <summary>Hears a service again.</summary>
    public void Hear(string service)
    {
        lock (turn)
        {
            Deaf.Remove(service);
        }
    }

    /// <summary>One version, as it was saved last.</summary>
    public T Get<T>(GetRecordRequest request)
        where T : IMessage
    {
        lock (turn)
        {
            FetchedCount++;
            return (GivesVersions ? records : []).OfType<T>().LastOrDefault(record => Sent.HeaderOf(record) is var header && header.RecordId == request.RecordId && header.Version == request.Version)
                ?? throw new RpcException(new Status(StatusCode.NotFound, "There is no such record."));
        }
    }

    /// <summary>The hashes of a service's versions of a range.</summary>
    public IReadOnlyList<JournalHash> Hashes<T>(Timestamp? from, Timestamp? to)
        where T : IMessage
    {
        lock (turn)
        {
            return HasDigests
                ? [.. records.OfType<T>().Select(record => Sent.HeaderOf(record))
                    .Where(header => (from is null || header.SaveTime >= from) && (to is null || header.SaveTime < to))
                    .DistinctBy(header => (header.RecordId, header.Version))
                    .Select(header => new JournalHash { RecordId = header.RecordId, Version = header.Version, Hash = header.Hash, SaveTime = header.SaveTime })]
                : throw new RpcException(new Status(StatusCode.Unavailable, "Not now."));
        }
    }

    public JournalDigest Digest<T>(DigestJournalRequest request)
        where T : IMessage
    {
        var hashes = Hashes<T>(request.FromTime, request.ToTime);
        return new JournalDigest
        {
            VersionCount = hashes.Count,
            HashSum = hashes.Aggregate(0UL, (sum, hash) => unchecked(sum + BinaryPrimitives.ReadUInt64BigEndian(hash.Hash.Span))),
            SettledTime = (Settled ?? DateTimeOffset.UtcNow).ToTimestamp(),
        };
    }

    public async Task ListAsync<T>(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> answers)
        where T : IMessage
    {
        foreach (var hash in Hashes<T>(request.FromTime, request.ToTime))
        {
            await answers.WriteAsync(hash);
        }
    }

    /// <summary>What a service saved after a position.</summary>
    public IReadOnlyList<(T Record, string Token)> After<T>(string service, string token)
    {
        lock (turn)
        {
            resumed.Add($"{service} {token}".TrimEnd());
            var start = token.Length == 0 ? 0
                : int.TryParse(token, CultureInfo.InvariantCulture, out var count) ? count
                : throw new RpcException(new Status(StatusCode.InvalidArgument, "resume_token: not one of ours"));
            return [.. records.OfType<T>().Select((record, i) => (record, $"{i + 1}")).Skip(start)];
        }
    }
}
