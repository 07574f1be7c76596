using Equecel.Analytics.Cohort;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Equecel.Analytics.Ingestion;

/// <summary>A capture service as Analytics knows it: how its changes are read, from a message and from its feed.</summary>
/// <param name="name">Its name, as in routing keys and as the AppHost knows it.</param>
internal abstract class CaptureService(string name)
{
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

    /// <summary>Reads the form out of a stored record.</summary>
    /// <param name="content">The record.</param>
    /// <returns>Null when what it said was taken away.</returns>
    public abstract IMessage? ReadForm(byte[] content);

    /// <summary>Reads the feed from a position to where the service is.</summary>
    /// <param name="resumeToken">The position; empty for the beginning.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">The service cannot be reached, or refuses.</exception>
    public abstract IAsyncEnumerable<FeedItem> ReadFeedAsync(string resumeToken, CancellationToken cancellation);

    /// <summary>Reads the header out of a stored record.</summary>
    /// <param name="content">The record.</param>
    public abstract RecordHeader ReadHeader(ReadOnlySpan<byte> content);

    /// <summary>Sums up the versions that the service has of a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The digest, and the instant before which no save can change it; null when the service does not say.</returns>
    /// <exception cref="RpcException">The service cannot be reached, or refuses.</exception>
    public abstract Task<(VersionDigest Digest, DateTimeOffset? Settled)> DigestAsync(SaveTimeRange range, CancellationToken cancellation);

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

    /// <summary>Tells the service what is asked about participants over the records of several services.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">The service cannot be reached, or refuses.</exception>
    public abstract Task<SetCrossChecksResponse> SetCrossChecksAsync(SetCrossChecksRequest request, CancellationToken cancellation);
}

/// <summary>One item of a feed.</summary>
/// <param name="Arrival">The change; null when the item only moves the position on.</param>
/// <param name="ResumeToken">The position after it; empty when it does not say.</param>
internal readonly record struct FeedItem(Arrival? Arrival, string ResumeToken);
