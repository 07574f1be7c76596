using Equecel.Analytics.Cohort;
using Equecel.Assessment.V1;
using Equecel.Records.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Analytics.Ingestion;

/// <summary>Assessment, as Analytics knows it. Its versions are kept; no endpoint asks for what they say yet.</summary>
internal sealed class AssessmentCapture(AssessmentService.AssessmentServiceClient client) : CaptureService("assessment")
{
    /// <inheritdoc/>
    public override MessageDescriptor Message => AssessmentRecordChanges.Descriptor;

    /// <inheritdoc/>
    public override RecordVersion Read(ReadOnlySpan<byte> body) => Read(AssessmentRecordChange.Parser.ParseFrom(body).Record);

    /// <inheritdoc/>
    public override RecordFact? ReadFact(ReadOnlySpan<byte> content) => Fact(AssessmentRecord.Parser.ParseFrom(content));

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
        record => Arrival.Read(FromFeed(new AssessmentRecordChange { Record = record }), () => Read(record)),
        cancellation);

    private static RecordFact? Fact(AssessmentRecord record) => record.Header.Kind == "data_query" ? null
        : new RecordFact(RecordKind.Assessment, record.Header.Origin, record.Header.State == RecordState.Active);

    private RecordVersion Read(AssessmentRecord? record)
    {
        ContractViolationException.Unless(record?.Header is not null, "no record, or one without a header");
        var kind = AssessmentRecord.Descriptor.FindFieldByNumber((int)record.FormCase)?.Name;
        return RecordVersion.Read(Name, record.Header, kind, record, Fact(record));
    }
}
