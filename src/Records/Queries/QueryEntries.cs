using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static Equecel.Records.V1.DataQuery.Types;

namespace Equecel.Records.Queries;

/// <summary>Compares the findings of a participant's records with the stored data queries, and makes the versions that are wanting.</summary>
internal sealed class QueryEntries(RecordsOptions options, RecordContract contract, TimeProvider time)
{
    /// <summary>The versions that are wanting for participants, and for forms about sites.</summary>
    /// <param name="records">The latest version of every record of each of them.</param>
    public IEnumerable<JournalEntry> Wanting(IEnumerable<AskedRecord> records) =>
        records.GroupBy(record => (record.Site, record.Participant)).SelectMany(group => Of([.. group]));

    /// <summary>Reads a stored query.</summary>
    public DataQuery Read(ByteString content) => (DataQuery)contract.QueryField!.Accessor.GetValue(contract.Parse(content));

    /// <summary>The present instant, as exact as record ids.</summary>
    public Timestamp Now() => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>A new query's id: by it they are in the order in which they were opened.</summary>
    public static Guid NewId(DataQuery query) => Guid.CreateVersion7(query.OpenTime.ToDateTimeOffset());

    private IEnumerable<JournalEntry> Of(List<AskedRecord> records)
    {
        var byId = records.ToDictionary(record => record.RecordId);
        var stored = records.Where(record => record.Kind == QueryRules.Kind).ToDictionary(record => record.RecordId, record => Read(record.Content));
        var holders = stored.ToDictionary(query => QueryRules.NaturalKey(query.Value), query => byId[query.Key]);
        var retracted = records.Where(record => record.State == RecordState.Retracted).Select(record => record.RecordId).ToHashSet();
        return QueryRules.Wanting(records.SelectMany(record => Asked(record, byId)), stored.Values, retracted, Now())
            .Select(query => Entry(query, holders.GetValueOrDefault(QueryRules.NaturalKey(query)), byId[query.SubjectRecordId]));
    }

    /// <summary>What a record's findings ask. What a derived record asks is about its source.</summary>
    private IEnumerable<DataQuery> Asked(AskedRecord record, Dictionary<string, AskedRecord> byId)
    {
        var subject = contract.Forms.IsDerived(record.Kind) ? byId.GetValueOrDefault(SourceOf(record.NaturalKey!)) : record;
        return record.State != RecordState.Active || subject is not { State: RecordState.Active } ? [] : record.Findings.Select(finding => new DataQuery
        {
            SubjectRecordId = subject.RecordId,
            SubjectVersion = subject.Version,
            SubjectKind = subject.Kind,
            Field = finding.Field,
            Code = finding.Code,
            Message = finding.Message,
            MessageZh = finding.MessageZh,
            Source = Source.Check,
        });
    }

    private static string SourceOf(string naturalKey) => naturalKey[(naturalKey.LastIndexOf(' ') + 1)..];

    private JournalEntry Entry(DataQuery query, AskedRecord? known, AskedRecord subject)
    {
        var (recordId, version) = (known?.RecordId ?? "", known?.Version ?? 0);
        var reason = version == 0 ? "" : ReasonOf(query);
        var content = contract.Content(contract.QueryField!, query).ToByteArray();
        return new JournalEntry
        {
            RecordId = version == 0 ? NewId(query) : Guid.Parse(recordId),
            Version = version + 1,
            Kind = QueryRules.Kind,
            Participant = subject.Participant,
            Site = subject.Site,
            Origin = subject.Origin,
            State = RecordState.Active,
            NaturalKey = QueryRules.NaturalKey(query),
            Content = content,
            FormJson = RecordContract.ToJson(query),
            Findings = [],
            Actor = $"{options.Service} checks",
            Client = $"{options.Service}-service",
            RequestId = Guid.CreateVersion7(),
            RequestHash = VersionHash.Request(recordId, version, reason, subject.Participant, subject.Origin, RecordState.Active, content),
            Reason = reason,
        };
    }

    private static string ReasonOf(DataQuery query) => query.Closure switch
    {
        Closure.ByData => "The data no longer raise it.",
        Closure.RecordRetracted => "The record was retracted.",
        _ => $"Version {query.SubjectVersion} of the record raises it.",
    };
}
