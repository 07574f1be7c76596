using System.Runtime.CompilerServices;
using Equecel.Analytics.Cohort;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Ingestion;

/// <summary>A capture service as Analytics knows it: how its changes are read, from a message and from its feed.</summary>
/// <param name="name">Its name, as in routing keys and as the AppHost knows it.</param>
internal abstract class CaptureService(string name)
{
    private static readonly TimeSpan OneVersion = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WholeJournal = TimeSpan.FromSeconds(60);

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The message that tells of its changes at the broker: its first field holds them.</summary>
    public abstract MessageDescriptor Message { get; }

    /// <summary>Full name of one change.</summary>
    public string ChangeType => Message.FindFieldByNumber(1).MessageType.FullName;

    /// <summary>Reads one change.</summary>
    /// <param name="body">The change.</param>
    /// <exception cref="InvalidProtocolBufferException">It is not protobuf.</exception>
    /// <exception cref="ContractViolationException">It is not what the contract promises.</exception>
    public abstract RecordVersion Read(ReadOnlySpan<byte> body);

    /// <summary>Reads what a stored record says about its participant.</summary>
    /// <param name="content">The record.</param>
    /// <returns>Null when it is about a site.</returns>
    public abstract RecordFact? ReadFact(ReadOnlySpan<byte> content);

    /// <summary>Reads the feed from a position to where the service is.</summary>
    /// <param name="resumeToken">The position; empty for the beginning.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">The service cannot be reached, or refuses.</exception>
    public abstract IAsyncEnumerable<FeedItem> ReadFeedAsync(string resumeToken, CancellationToken cancellation);

    /// <summary>Sums up the versions that the service has of a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">The service cannot be reached, or refuses.</exception>
    public abstract Task<VersionDigest> DigestAsync(SaveTimeRange range, CancellationToken cancellation);

    /// <summary>Lists the hashes of the versions that the service has of a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">The service cannot be reached, or refuses.</exception>
    public abstract IAsyncEnumerable<JournalHash> ListHashesAsync(SaveTimeRange range, CancellationToken cancellation);

    /// <summary>Gets one version from the service.</summary>
    /// <param name="recordId">The record.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The version as it would come through the feed; null when the service has it not.</returns>
    /// <exception cref="RpcException">The service cannot be reached, or refuses.</exception>
    public abstract Task<Arrival?> FindVersionAsync(Guid recordId, int version, CancellationToken cancellation);

    /// <summary>A change of the feed, as it would be parked.</summary>
    /// <param name="change">The service's message.</param>
    protected ReceivedMessage FromFeed(IMessage change) =>
        new($"{ReceivedMessage.FeedPrefix}{Name}", new Dictionary<string, string?> { ["type"] = ChangeType }, () => change.ToByteArray());

    /// <summary>Asks for one version.</summary>
    /// <typeparam name="TRecord">The service's record.</typeparam>
    /// <param name="get">Asks.</param>
    /// <param name="recordId">The record.</param>
    /// <param name="version">The version.</param>
    /// <param name="read">Makes it what comes through the feed.</param>
    /// <param name="cancellation">Ends it.</param>
    protected static async Task<Arrival?> FindVersionAsync<TRecord>(
        Func<GetRecordRequest, CallOptions, AsyncUnaryCall<TRecord>> get, Guid recordId, int version, Func<TRecord, Arrival> read, CancellationToken cancellation)
    {
        try
        {
            return read(await get(new GetRecordRequest { RecordId = $"{recordId}", Version = version }, Within(OneVersion, cancellation)));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks for a digest.</summary>
    /// <param name="digest">Asks.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    protected static async Task<VersionDigest> DigestAsync(
        Func<DigestJournalRequest, CallOptions, AsyncUnaryCall<JournalDigest>> digest, SaveTimeRange range, CancellationToken cancellation)
    {
        var answer = await digest(
            new DigestJournalRequest { FromTime = range.From?.ToTimestamp(), ToTime = range.To.ToTimestamp() }, Within(WholeJournal, cancellation));
        return new VersionDigest(answer.VersionCount, answer.HashSum);
    }

    /// <summary>Asks for the hashes.</summary>
    /// <param name="list">Asks.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    protected static async IAsyncEnumerable<JournalHash> ListHashesAsync(
        Func<ListJournalHashesRequest, CallOptions, AsyncServerStreamingCall<JournalHash>> list, SaveTimeRange range,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = list(
            new ListJournalHashesRequest { FromTime = range.From?.ToTimestamp(), ToTime = range.To.ToTimestamp() }, Within(WholeJournal, cancellation));
        await foreach (var hash in call.ResponseStream.ReadAllAsync(cancellation))
        {
            yield return hash;
        }
    }

    private static CallOptions Within(TimeSpan time, CancellationToken cancellation) => new(deadline: DateTime.UtcNow + time, cancellationToken: cancellation);

    /// <summary>Reads a stream of changes.</summary>
    /// <typeparam name="TChange">The service's message.</typeparam>
    /// <param name="watch">Starts the stream.</param>
    /// <param name="resumeToken">The position; empty for the beginning.</param>
    /// <param name="token">The position after a change.</param>
    /// <param name="read">Reads the version; null in a change that only moves the position on.</param>
    /// <param name="cancellation">Ends it.</param>
    protected async IAsyncEnumerable<FeedItem> ReadFeedAsync<TChange>(
        Func<WatchRecordsRequest, CallOptions, AsyncServerStreamingCall<TChange>> watch,
        string resumeToken,
        Func<TChange, string> token,
        Func<TChange, Func<RecordVersion>?> read,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TChange : IMessage
    {
        using var call = watch(
            new WatchRecordsRequest { ResumeToken = resumeToken, UntilCaughtUp = true }, new CallOptions(cancellationToken: cancellation));
        await foreach (var change in call.ResponseStream.ReadAllAsync(cancellation))
        {
            var arrival = read(change) is { } version ? Arrival.Read(FromFeed(change), version) : null;
            yield return new FeedItem(arrival, token(change));
        }
    }
}

/// <summary>One item of a feed.</summary>
/// <param name="Arrival">The change; null when the item only moves the position on.</param>
/// <param name="ResumeToken">The position after it; empty when it does not say.</param>
internal readonly record struct FeedItem(Arrival? Arrival, string ResumeToken);
