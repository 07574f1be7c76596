using Equecel.Analytics.Cohort;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Analytics.Ingestion;

/// <summary>Enrolment, as Analytics knows it.</summary>
internal sealed class EnrolmentCapture(EnrolmentService.EnrolmentServiceClient client) : CaptureService("enrolment")
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <inheritdoc/>
    public override MessageDescriptor Message => EnrolmentRecordChanges.Descriptor;

    /// <inheritdoc/>
    public override RecordVersion Read(ReadOnlySpan<byte> body) => Read(EnrolmentRecordChange.Parser.ParseFrom(body).Record);

    /// <inheritdoc/>
    public override RecordFact? ReadFact(ReadOnlySpan<byte> content) => Fact(EnrolmentRecord.Parser.ParseFrom(content));

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
        record => Arrival.Read(FromFeed(new EnrolmentRecordChange { Record = record }), () => Read(record)),
        cancellation);

    private static RecordFact? Fact(EnrolmentRecord record)
    {
        var isActive = record.Header.State == RecordState.Active;
        if (record.Header.Redaction is not null)
        {
            // What it said was taken away; whose it was and that it counted is still told.
            return record.Header.Kind switch
            {
                "participation" => new RecordFact(RecordKind.Participation, record.Header.Origin, isActive),
                "infusion" => new RecordFact(RecordKind.Infusion, record.Header.Origin, isActive),
                "follow_up" => new RecordFact(RecordKind.FollowUp, record.Header.Origin, isActive),
                _ => null,
            };
        }

        return record.FormCase switch
        {
            EnrolmentRecord.FormOneofCase.Participation => new RecordFact(RecordKind.Participation, record.Header.Origin, isActive),
            EnrolmentRecord.FormOneofCase.Infusion => new RecordFact(RecordKind.Infusion, record.Header.Origin, isActive, InfusionDate(record.Infusion)),
            EnrolmentRecord.FormOneofCase.FollowUp => new RecordFact(RecordKind.FollowUp, record.Header.Origin, isActive, LastAlive(record.FollowUp)),
            _ => null,
        };
    }

    private RecordVersion Read(EnrolmentRecord? record)
    {
        ContractViolationException.Unless(record?.Header is not null, "no record, or one without a header");
        var kind = EnrolmentRecord.Descriptor.FindFieldByNumber((int)record.FormCase)?.Name;
        return RecordVersion.Read(Name, record.Header, kind, record, Fact(record));
    }

    private static PartialDate? InfusionDate(Infusion infusion) => infusion.StartTime is { } start
        ? new PartialDate(DateOnly.FromDateTime(RecordVersion.Instant(start).ToOffset(China).Date), IsMonth: false)
        : null;

    private static PartialDate? LastAlive(FollowUp followUp)
    {
        if (followUp.LastKnownAliveDate.Length == 0)
        {
            return null;
        }

        var date = PartialDate.FindDay(followUp.LastKnownAliveDate);
        ContractViolationException.Unless(date is not null, "last_known_alive_date is not a date");
        return new PartialDate(date.Value, IsMonth: false);
    }
}
