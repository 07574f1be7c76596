using Equecel.Audit;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.Queries;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using static Equecel.Records.V1.DataQuery.Types;
using static Equecel.Records.Verbs.RequestChecks;

namespace Equecel.Records.Verbs;

/// <summary>What people do with data queries. An RPC of the service passes its call to the method of the same name.</summary>
/// <typeparam name="TRecord">The service's record.</typeparam>
public sealed class QueryVerbs<TRecord>
    where TRecord : class, IMessage<TRecord>
{
    private const int MaxText = 2000;
    private const int MaxReason = 500;

    private readonly RecordContract contract;
    private readonly RecordReader reader;
    private readonly QueryEntries entries;
    private readonly ActionSaver saver;
    private readonly CrossCheckSaver crossChecks;
    private readonly SealedTokens tokens;
    private readonly AuditLog audit;

    internal QueryVerbs(IServiceProvider services)
    {
        contract = services.GetRequiredService<RecordContract>();
        reader = services.GetRequiredService<RecordReader>();
        entries = services.GetRequiredService<QueryEntries>();
        saver = services.GetRequiredService<ActionSaver>();
        crossChecks = services.GetRequiredService<CrossCheckSaver>();
        tokens = services.GetRequiredService<SealedTokens>();
        audit = services.GetRequiredService<AuditLog>();
    }

    /// <summary>Asks the site of a record about it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<TRecord> OpenAsync(OpenQueryRequest request, ServerCallContext context)
    {
        Refuse(Change(request, request.RequestId, request.RecordId, request.ExpectedVersion)
            .Concat(Short("question", request.Question, MaxText))
            .Concat(Short("question_zh", request.QuestionZh, MaxText))
            .Concat(If(string.IsNullOrWhiteSpace(request.Question + request.QuestionZh), "question", "Required. Ask in English, in Chinese, or in both.")));
        var subject = await FindAsync(request.RecordId, context);
        var header = subject.Header;
        var query = QueryRules.Opened(
            new DataQuery
            {
                SubjectRecordId = header.RecordId,
                SubjectVersion = header.Version,
                SubjectKind = header.Kind,
                Field = request.Field,
                Message = request.Question,
                MessageZh = request.QuestionZh,
                Source = Source.Monitor,
            },
            entries.Now());
        var own = new RecordHeader
        {
            RecordId = QueryEntries.NewId(query).ToString(),
            Kind = QueryRules.Kind,
            Participant = header.Participant,
            Site = header.Site,
            Origin = header.Origin,
        };
        return Answer(await saver.SaveAsync(
            saver.Entry(own, QueryRules.NaturalKey(query), query, request, "", Caller.Of(context)),
            () => Task.FromResult(WhyNotAskedAbout(header, request)), context.CancellationToken));
    }

    /// <summary>Answers a query, for its site.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<TRecord> AnswerAsync(AnswerQueryRequest request, ServerCallContext context)
    {
        Refuse(Change(request, request.RequestId, request.RecordId, request.ExpectedVersion)
            .Concat(Required("answer", request.Answer, MaxText, "What the site says")));
        return await ChangeAsync(request, "Answered.", context, WhyClosed, query =>
        {
            var next = query.Clone();
            next.State = State.Answered;
            next.Answer = request.Answer;
            return next;
        });
    }

    /// <summary>Settles a query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<TRecord> CloseAsync(CloseQueryRequest request, ServerCallContext context)
    {
        Refuse(Change(request, request.RequestId, request.RecordId, request.ExpectedVersion)
            .Concat(Required("reason", request.Reason, MaxReason, "Say why it is settled")));
        return await ChangeAsync(request, request.Reason, context, WhyClosed, query =>
        {
            var next = QueryRules.Closed(query, Closure.ByMonitor);
            next.Remark = request.Reason;
            return next;
        });
    }

    /// <summary>Opens a closed query again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<TRecord> ReopenAsync(ReopenQueryRequest request, ServerCallContext context)
    {
        Refuse(Change(request, request.RequestId, request.RecordId, request.ExpectedVersion)
            .Concat(Required("reason", request.Reason, MaxReason, "Say what is asked still")));
        return await ChangeAsync(request, request.Reason, context, WhyNotReopenedAsync, query =>
        {
            var next = QueryRules.Reopened(query, Source.Monitor, entries.Now());
            next.Remark = request.Reason;
            return next;
        });

        async Task<string?> WhyNotReopenedAsync(DataQuery query) => query.State != State.Closed ? "is not closed. Answer or close it"
            : (await FindAsync(query.SubjectRecordId, context)).Header.State == RecordState.Retracted ? "is about a record that is retracted. Bring that back first" : null;
    }

    /// <summary>Lists queries, oldest first.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>A page and the token of the next one, empty on the last.</returns>
    public async Task<(IReadOnlyList<TRecord> Records, string NextPageToken)> ListAsync(ListQueriesRequest request, ServerCallContext context)
    {
        var sites = Caller.Of(context).Sites;
        Refuse(Listed(sites, request, request.PageSize, request.Participant, request.Site)
            .Concat(If(request.States.Contains(State.Unspecified), "states", "OPEN, ANSWERED or CLOSED; leave the list empty for all.")));
        var after = Guid.Empty;
        if (tokens.Open("page_token", sites, request.PageToken) is { } place && !Guid.TryParseExact(place, "N", out after))
        {
            throw RpcError.InvalidField("page_token", "Not a page token of this call. Take next_page_token of the page before.");
        }

        var size = PageSize(request.PageSize);
        var found = await reader.QueriesAsync(sites, after, request, size + 1, context.CancellationToken);
        audit.NoteList(context, request.Participant, request.Site);
        var count = PageCut.Count(found, size);
        return ([.. found.Take(count).Select(version => (TRecord)contract.Record(version))],
            found.Count > count ? tokens.Seal("page_token", sites, $"{Guid.Parse(found[count - 1].Header.RecordId):N}") : "");
    }

    /// <summary>Sets what is asked over the records of several services.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public Task<SetCrossChecksResponse> SetCrossChecksAsync(SetCrossChecksRequest request, ServerCallContext context)
    {
        Refuse(CrossCheckRequest.Faults(request));
        var caller = Caller.Of(context);
        return crossChecks.SetAsync(request, new Asker(caller.Actor, caller.Client), context.CancellationToken);
    }

    private async Task<TRecord> ChangeAsync(
        IMessage request, string reason, ServerCallContext context, Func<DataQuery, Task<string?>> whyNot, Func<DataQuery, DataQuery> change)
    {
        var id = (string)request.Descriptor.FindFieldByName("record_id").Accessor.GetValue(request);
        var current = await FindAsync(id, context);
        if (current.Header.Kind != QueryRules.Kind)
        {
            throw RpcError.InvalidField("record_id", $"Record {id} is a {current.Header.Kind}. Give the UUID of a data query, as ListQueries has it.");
        }

        var query = entries.Read(current.Content);
        var read = (int)request.Descriptor.FindFieldByName("expected_version").Accessor.GetValue(request);
        return Answer(await saver.SaveAsync(
            saver.Entry(current.Header, current.NaturalKey!, change(query), request, reason, Caller.Of(context)), WhyNotAsync, context.CancellationToken));

        async Task<RpcException?> WhyNotAsync() =>
            current.Header.Version != read ? RpcError.VersionConflict(id, current.Header.Version)
            : await whyNot(query) is { } why ? RpcError.Precondition(ErrorReason.RecordState, id, $"Data query {id} {why}.")
            : null;
    }

    private RpcException? WhyNotAskedAbout(RecordHeader subject, OpenQueryRequest request) =>
        !contract.Forms.IsSent(subject.Kind) ? RpcError.Precondition(
            ErrorReason.RecordState, subject.RecordId, $"Record {subject.RecordId} is a {subject.Kind}, which nobody sent. Ask about a record that a site sent.")
        : subject.State == RecordState.Retracted ? RpcError.Precondition(ErrorReason.RecordState, subject.RecordId, $"Record {subject.RecordId} is retracted.")
        : subject.Version != request.ExpectedVersion ? RpcError.VersionConflict(subject.RecordId, subject.Version)
        : request.Field.Length > 0 && !FormPath.IsIn(contract.FieldOfKind(subject.Kind).MessageType, request.Field) ? RpcError.InvalidField(
            "field", $"A record of kind {subject.Kind} has no such field. Write it as in the proto, with an index in a list, or leave it empty.")
        : null;

    private static Task<string?> WhyClosed(DataQuery query) =>
        Task.FromResult(query.State == State.Closed ? "is closed. Reopen it first" : null);

    private async Task<StoredVersion> FindAsync(string recordId, ServerCallContext context) =>
        await reader.FindAsync(Caller.Of(context).Sites, Guid.Parse(recordId), version: 0, asOf: null, context.CancellationToken)
        ?? throw RpcError.RecordNotFound(recordId);

    private TRecord Answer(StoredVersion stored) => (TRecord)contract.Record(stored);
}
