using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Records.Queries;

/// <summary>Saves what people do with data queries, once for each request id.</summary>
internal sealed class QuerySaver(QueryEntries entries, Journal journal, JournalWriter writer)
{
    /// <summary>Saves a new query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="subject">The record that it is about.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="caller">Who asked.</param>
    /// <param name="whyNot">Why it is refused; null when it is not.</param>
    /// <param name="cancellation">Ends the wait before the save.</param>
    /// <exception cref="RpcException">It is refused.</exception>
    public Task<StoredVersion> OpenAsync(
        DataQuery query, RecordHeader subject, IMessage request, Caller caller, Func<RpcException?> whyNot, CancellationToken cancellation)
    {
        var (content, formJson) = entries.Form(query);
        return SaveAsync(Entry(QueryEntries.NewId(query), 1, subject, QueryRules.NaturalKey(query), content, formJson, request, "", caller),
            () => Task.FromResult(whyNot()), cancellation);
    }

    /// <summary>Saves the next version of a query.</summary>
    /// <param name="next">What it says.</param>
    /// <param name="current">The latest version.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="reason">Why.</param>
    /// <param name="caller">Who asked.</param>
    /// <param name="whyNot">Why it is refused; null when it is not.</param>
    /// <param name="cancellation">Ends the wait before the save.</param>
    /// <exception cref="RpcException">It is refused.</exception>
    public Task<StoredVersion> ChangeAsync(
        DataQuery next, StoredVersion current, IMessage request, string reason, Caller caller, Func<Task<RpcException?>> whyNot, CancellationToken cancellation)
    {
        var (content, formJson) = entries.Form(next);
        var expected = (int)request.Descriptor.FindFieldByName("expected_version").Accessor.GetValue(request);
        return SaveAsync(
            Entry(Guid.Parse(current.Header.RecordId), expected + 1, current.Header, current.NaturalKey!, content, formJson, request, reason, caller),
            async () => current.Header.Version != expected ? RpcError.VersionConflict(current.Header.RecordId, current.Header.Version) : await whyNot(),
            cancellation);
    }

    private async Task<StoredVersion> SaveAsync(JournalEntry entry, Func<Task<RpcException?>> whyNot, CancellationToken cancellation)
    {
        // The same request has the same answer, whatever the query says by now.
        var repeat = (await journal.FindRequestsAsync([(entry.Client, entry.RequestId)], cancellation)).Values.FirstOrDefault();
        var outcome = repeat is not null ? Journal.Repeat(entry, repeat)
            : await whyNot() is { } refusal ? new SaveOutcome(null, false, refusal)
            : await writer.SaveAsync(entry, cancellation);
        return outcome.Refusal is null ? outcome.Stored! : throw outcome.Refusal;
    }

    private static JournalEntry Entry(
        Guid recordId, int version, RecordHeader subject, string naturalKey, byte[] content, string formJson, IMessage request, string reason, Caller caller)
    {
        var requestId = request.Descriptor.FindFieldByName("request_id");
        var asked = request.Descriptor.Parser.ParseFrom(request.ToByteString());
        requestId.Accessor.SetValue(asked, "");
        return new JournalEntry
        {
            RecordId = recordId,
            Version = version,
            Kind = QueryRules.Kind,
            Participant = subject.Participant,
            Site = subject.Site,
            Origin = subject.Origin,
            State = RecordState.Active,
            NaturalKey = naturalKey,
            Content = content,
            FormJson = formJson,
            Findings = [],
            Actor = caller.Actor,
            Client = caller.Client,
            RequestId = Guid.Parse((string)requestId.Accessor.GetValue(request)),
            // Of what was asked, not of what it made of the query.
            RequestHash = VersionHash.Request(
                request.Descriptor.FullName, version - 1, reason, subject.Participant, subject.Origin, RecordState.Active, asked.ToByteArray()),
            Reason = reason,
        };
    }
}
