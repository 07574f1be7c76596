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
        var retracted = Retracted(records);
        var stored = Stored(records);

        // What is asked over several services is Analytics' to close, unless its record is gone.
        var own = stored.Where(query => !query.Value.AcrossServices || retracted.Contains(query.Value.SubjectRecordId));
        return Wanting(records.SelectMany(record => Asked(record, byId)), own, retracted, byId, new Asker($"{options.Service} checks", $"{options.Service}-service"));
    }

    /// <summary>The versions that are wanting so that the queries over several services are those that are asked.</summary>
    /// <param name="comparison">What is asked.</param>
    /// <param name="records">The latest version of every record of the participants.</param>
    /// <param name="asker">Who asks.</param>
    public IEnumerable<JournalEntry> Wanting(CrossCheckComparison comparison, IReadOnlyList<AskedRecord> records, Asker asker)
    {
        var across = Stored(records).Where(query => query.Value.AcrossServices && !comparison.Outdated.Contains(query.Value.SubjectRecordId));
        return Wanting(comparison.Asked, across, Retracted(records), records.ToDictionary(record => record.RecordId), asker);
    }

    private IEnumerable<JournalEntry> Wanting(
        IEnumerable<DataQuery> asked, IEnumerable<KeyValuePair<string, DataQuery>> stored, HashSet<string> retracted, Dictionary<string, AskedRecord> byId, Asker asker)
    {
        var holders = stored.ToDictionary(query => QueryRules.NaturalKey(query.Value), query => (Record: byId[query.Key], Query: query.Value));
        return QueryRules.Wanting(asked, holders.Values.Select(holder => holder.Query), retracted, Now())
            .Select(query => Entry(query, holders.GetValueOrDefault(QueryRules.NaturalKey(query)).Record, byId[query.SubjectRecordId], asker));
    }

    private Dictionary<string, DataQuery> Stored(IEnumerable<AskedRecord> records) =>
        records.Where(record => record.Kind == QueryRules.Kind).ToDictionary(record => record.RecordId, record => Read(record.Content));

    private static HashSet<string> Retracted(IEnumerable<AskedRecord> records) =>
        records.Where(record => record.State == RecordState.Retracted).Select(record => record.RecordId).ToHashSet();

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

    private JournalEntry Entry(DataQuery query, AskedRecord? known, AskedRecord subject, Asker asker)
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
            Actor = asker.Actor,
            Client = asker.Client,
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

/// <summary>Who asks.</summary>
/// <param name="Actor">What a version says about who saved it.</param>
/// <param name="Client">Name of the client.</param>
internal readonly record struct Asker(string Actor, string Client);
