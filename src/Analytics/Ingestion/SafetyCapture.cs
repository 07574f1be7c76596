using Equecel.Analytics.Cohort;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Analytics.Ingestion;

/// <summary>Safety, as Analytics knows it.</summary>
internal sealed class SafetyCapture(SafetyService.SafetyServiceClient client) : CaptureService("safety")
{
    /// <inheritdoc/>
    public override MessageDescriptor Message => SafetyRecordChanges.Descriptor;

    /// <inheritdoc/>
    public override RecordVersion Read(ReadOnlySpan<byte> body) => Read(SafetyRecordChange.Parser.ParseFrom(body).Record);

    /// <inheritdoc/>
    public override RecordFact? ReadFact(ReadOnlySpan<byte> content) => Fact(SafetyRecord.Parser.ParseFrom(content));

    /// <inheritdoc/>
    public override IAsyncEnumerable<FeedItem> ReadFeedAsync(string resumeToken, CancellationToken cancellation) => ReadFeedAsync(
        client.WatchRecords, resumeToken, change => change.ResumeToken, change => change.Record is { } record ? () => Read(record) : null, cancellation);

    /// <inheritdoc/>
    public override Task<VersionDigest> DigestAsync(SaveTimeRange range, CancellationToken cancellation) => DigestAsync(client.DigestJournalAsync, range, cancellation);

    /// <inheritdoc/>
    public override IAsyncEnumerable<JournalHash> ListHashesAsync(SaveTimeRange range, CancellationToken cancellation) =>
        ListHashesAsync(client.ListJournalHashes, range, cancellation);

    /// <inheritdoc/>
    public override Task<Arrival?> FindVersionAsync(Guid recordId, int version, CancellationToken cancellation) => FindVersionAsync(
        client.GetRecordAsync, recordId, version,
        record => Arrival.Read(FromFeed(new SafetyRecordChange { Record = record }), () => Read(record)),
        cancellation);

    private static RecordFact? Fact(SafetyRecord record) => record.FormCase == SafetyRecord.FormOneofCase.Death || (record.Header.Redaction is not null && record.Header.Kind == "death")
        ? new RecordFact(RecordKind.Death, record.Header.Origin, record.Header.State == RecordState.Active, Date(record.Death?.DeathDate ?? ""))
        : null;

    private RecordVersion Read(SafetyRecord? record)
    {
        ContractViolationException.Unless(record?.Header is not null, "no record, or one without a header");
        var kind = SafetyRecord.Descriptor.FindFieldByNumber((int)record.FormCase)?.Name;
        return RecordVersion.Read(Name, record.Header, kind, record, Fact(record));
    }

    private static PartialDate? Date(string deathDate)
    {
        if (deathDate.Length == 0)
        {
            return null;
        }

        var date = PartialDate.Find(deathDate);
        ContractViolationException.Unless(date is not null, "death_date is not a date");
        return date;
    }
}
