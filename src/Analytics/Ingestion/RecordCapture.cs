using System.Runtime.CompilerServices;
using Equecel.Analytics.Cohort;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Ingestion;

/// <summary>A capture service, read by the layout that its messages share with those of every other.</summary>
/// <typeparam name="TRecord">The service's record.</typeparam>
/// <typeparam name="TChange">The service's record change.</typeparam>
/// <param name="name">Its name, as in routing keys and as the AppHost knows it.</param>
/// <param name="message">The message that tells of its changes at the broker.</param>
/// <param name="calls">Its calls.</param>
internal sealed class RecordCapture<TRecord, TChange>(
    string name, MessageDescriptor message, CaptureCalls<TRecord, TChange> calls) : CaptureService(name)
    where TRecord : class, IMessage<TRecord>, new()
    where TChange : class, IMessage<TChange>, new()
{
    private static readonly TimeSpan OneVersion = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ManyRecords = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WholeJournal = TimeSpan.FromSeconds(60);
    private static readonly MessageParser<TRecord> Records = new(() => new TRecord());
    private static readonly MessageParser<TChange> Changes = new(() => new TChange());
    private static readonly IFieldAccessor HeaderOfRecord = Field<TRecord>("header");
    private static readonly IFieldAccessor RecordOfChange = Field<TChange>("record");
    private static readonly IFieldAccessor TokenOfChange = Field<TChange>("resume_token");
    private static readonly OneofDescriptor Forms = new TRecord().Descriptor.Oneofs.Single(oneof => oneof.Name == "form");
    private static readonly Dictionary<uint, MessageParser> FormParsers = Forms.Fields.ToDictionary(
        field => WireFormat.MakeTag(field.FieldNumber, WireFormat.WireType.LengthDelimited), field => field.MessageType.Parser);

    /// <inheritdoc/>
    public override MessageDescriptor Message => message;

    /// <inheritdoc/>
    public override RecordVersion Read(ReadOnlySpan<byte> body) => Read((TRecord?)RecordOfChange.GetValue(Changes.ParseFrom(body)));

    /// <inheritdoc/>
    public override RecordFact? ReadFact(ReadOnlySpan<byte> content)
    {
        var record = Records.ParseFrom(content);
        return RecordFacts.Of((RecordHeader)HeaderOfRecord.GetValue(record), FormOf(record));
    }

    /// <inheritdoc/>
    public override IMessage? ReadForm(byte[] content)
    {
        // The larger part of a record is its header, which nobody who reads forms asks for.
        var (input, form) = (new CodedInputStream(content), (IMessage?)null);
        while (input.ReadTag() is > 0 and var tag)
        {
            if (FormParsers.TryGetValue(tag, out var parser))
            {
                form = parser.ParseFrom(input.ReadBytes());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return form;
    }

    /// <inheritdoc/>
    public override RecordHeader ReadHeader(ReadOnlySpan<byte> content) => (RecordHeader)HeaderOfRecord.GetValue(Records.ParseFrom(content));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<FeedItem> ReadFeedAsync(string resumeToken, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = calls.Watch(
            new WatchRecordsRequest { ResumeToken = resumeToken, UntilCaughtUp = true }, new CallOptions(cancellationToken: cancellation));
        await foreach (var change in call.ResponseStream.ReadAllAsync(cancellation))
        {
            var arrival = RecordOfChange.GetValue(change) is TRecord record ? Arrival.Read(FromFeed(record), () => Read(record)) : null;
            yield return new FeedItem(arrival, (string)TokenOfChange.GetValue(change));
        }
    }

    /// <inheritdoc/>
    public override async Task<(VersionDigest Digest, DateTimeOffset? Settled)> DigestAsync(SaveTimeRange range, CancellationToken cancellation)
    {
        var answer = await calls.Digest(
            new DigestJournalRequest { FromTime = range.From?.ToTimestamp(), ToTime = range.To.ToTimestamp() }, Within(WholeJournal, cancellation));
        return (new VersionDigest(answer.VersionCount, answer.HashSum), answer.SettledTime?.ToDateTimeOffset());
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<JournalHash> ListHashesAsync(SaveTimeRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = calls.ListHashes(
            new ListJournalHashesRequest { FromTime = range.From?.ToTimestamp(), ToTime = range.To.ToTimestamp() }, Within(WholeJournal, cancellation));
        await foreach (var hash in call.ResponseStream.ReadAllAsync(cancellation))
        {
            yield return hash;
        }
    }

    /// <inheritdoc/>
    public override async Task<Arrival?> FindVersionAsync(Guid recordId, int version, CancellationToken cancellation)
    {
        try
        {
            var record = await calls.Get(new GetRecordRequest { RecordId = $"{recordId}", Version = version }, Within(OneVersion, cancellation));
            return Arrival.Read(FromFeed(record), () => Read(record));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override async Task<SetCrossChecksResponse> SetCrossChecksAsync(SetCrossChecksRequest request, CancellationToken cancellation) =>
        await calls.SetCrossChecks(request, Within(ManyRecords, cancellation));

    private static IFieldAccessor Field<TMessage>(string name)
        where TMessage : IMessage, new() => new TMessage().Descriptor.FindFieldByName(name).Accessor;

    private static IMessage? FormOf(TRecord record) => (IMessage?)Forms.Accessor.GetCaseFieldDescriptor(record)?.Accessor.GetValue(record);

    private static CallOptions Within(TimeSpan time, CancellationToken cancellation) => new(deadline: DateTime.UtcNow + time, cancellationToken: cancellation);

    private RecordVersion Read(TRecord? record)
    {
        var header = record is null ? null : (RecordHeader?)HeaderOfRecord.GetValue(record);
        ContractViolationException.Unless(record is not null && header is not null, "no record, or one without a header");
        return RecordVersion.Read(Name, header, Forms.Accessor.GetCaseFieldDescriptor(record)?.Name, record, RecordFacts.Of(header, FormOf(record)));
    }

    // As it would be parked: the same whenever it is read, so without its place in the feed.
    private ReceivedMessage FromFeed(TRecord record) =>
        new($"{ReceivedMessage.FeedPrefix}{Name}", new Dictionary<string, string?> { ["type"] = ChangeType }, () =>
        {
            var change = new TChange();
            RecordOfChange.SetValue(change, record);
            return change.ToByteArray();
        });
}
