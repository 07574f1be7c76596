using System.Diagnostics;
using System.Globalization;
using Equecel.Audit;
using Equecel.Records.Forms;
using Equecel.Records.Proof;
using Equecel.Records.Queries;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using static Equecel.Records.Verbs.RequestChecks;

namespace Equecel.Records.Verbs;

/// <summary>The uniform verbs of a capture service. An RPC of the service passes its call to the method of the same name.</summary>
/// <typeparam name="TRecord">The service's record.</typeparam>
public sealed class RecordVerbs<TRecord>
    where TRecord : class, IMessage<TRecord>
{
    private readonly RecordContract contract;
    private readonly SubmissionParser parser;
    private readonly RecordSaver saver;
    private readonly RecordReader reader;
    private readonly JournalWriter writer;
    private readonly Journal journal;
    private readonly JournalSignal signal;
    private readonly IParticipantDirectory directory;
    private readonly SealedTokens tokens;
    private readonly Redactor redactor;
    private readonly AuditLog audit;
    private readonly CancellationToken stopping;

    internal RecordVerbs(IServiceProvider services)
    {
        contract = services.GetRequiredService<RecordContract>();
        parser = services.GetRequiredService<SubmissionParser>();
        saver = services.GetRequiredService<RecordSaver>();
        reader = services.GetRequiredService<RecordReader>();
        writer = services.GetRequiredService<JournalWriter>();
        journal = services.GetRequiredService<Journal>();
        signal = services.GetRequiredService<JournalSignal>();
        directory = services.GetRequiredService<IParticipantDirectory>();
        tokens = services.GetRequiredService<SealedTokens>();
        redactor = services.GetRequiredService<Redactor>();
        audit = services.GetRequiredService<AuditLog>();
        stopping = services.GetRequiredService<Drain>().Ending;
    }

    /// <summary>Saves a form as a new record, or as the next version of one.</summary>
    /// <param name="request">The service's submit request.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">The form is refused; nothing is saved.</exception>
    public async Task<TRecord> SubmitAsync(IMessage request, ServerCallContext context)
    {
        var submission = parser.Parse(request, Caller.Of(context), out var refusal) ?? throw refusal!;
        var outcome = await saver.SaveAsync(submission, context.CancellationToken);
        if (outcome.Refusal is not null)
        {
            throw outcome.Refusal;
        }

        // What was saved just now is in hand; what was saved before is read back.
        return outcome switch
        {
            { Stored: null } => (TRecord)contract.WithHeader(submission.Record, submission.Preview()),
            { Repeated: false } => (TRecord)contract.WithHeader(submission.Record, outcome.Stored.Header),
            _ => (TRecord)contract.Record(outcome.Stored),
        };
    }

    /// <summary>Saves a stream of forms, each by itself, and answers each with a verdict after its save is certain.</summary>
    /// <typeparam name="TRow">A row of the stream.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="submission">The submit request in a row; null when it is missing.</param>
    /// <param name="verdicts">The verdicts, in the order of the rows.</param>
    /// <param name="context">The call.</param>
    public Task ImportAsync<TRow>(
        IAsyncStreamReader<TRow> rows, Func<TRow, IMessage?> submission, IServerStreamWriter<ImportVerdict> verdicts, ServerCallContext context) =>
        new ImportRun(parser, saver, Caller.Of(context), refusal => audit.Note(AuditNote.Of(AuditEventKind.AccessRefused, context, "", AuditNote.LackOf(refusal)))).RunAsync(rows, submission, verdicts, stopping, context.CancellationToken);

    /// <summary>Marks a record as entered in error.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<TRecord> RetractAsync(RetractRecordRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        Refuse(SubmissionParser.CheckChange("", request.RequestId, request.Reason)
            .Concat(string.IsNullOrWhiteSpace(request.Reason) ? [Violation("reason", "Required. Say why, in 1 to 500 characters.")] : [])
            .Concat(WireValues.Check(request).Select(finding => SubmissionParser.Violation(finding, "")))
            .Concat(request.ExpectedVersion is < 1 or int.MaxValue ? [Violation("expected_version", "Required. The version that you read, 1 or more.")] : []));
        var recordId = RecordId(request.RecordId);
        var current = await reader.FindAsync(caller.Sites, recordId, version: 0, asOf: null, context.CancellationToken)
            ?? throw RpcError.RecordNotFound(request.RecordId);
        if (!contract.Forms.IsSent(current.Header.Kind))
        {
            throw contract.Forms.IsDerived(current.Header.Kind) ? Retraction.Derived(request.RecordId) : Retraction.NotSent(current.Header);
        }

        var record = contract.Record(current);
        var entry = Retraction.Of(current, contract.FormIn(record), request, caller);
        var repeat = (await journal.FindRequestsAsync([(caller.Client, entry.RequestId)], context.CancellationToken)).Values.FirstOrDefault();
        var outcome = repeat is not null ? Journal.Repeat(entry, repeat)
            : current.Header.State == RecordState.Retracted ? throw Retraction.AlreadyRetracted(request.RecordId)
            : await WhyFrozenAsync(current.Header, context.CancellationToken) is { } frozen ? throw frozen
            : await writer.SaveAsync(entry, context.CancellationToken);
        if (outcome.Refusal is not null)
        {
            throw outcome.Refusal;
        }

        directory.Saved(
            new FormContext { Participant = entry.Participant, Site = entry.Site, Origin = entry.Origin, Today = default, New = false }, form: null);
        return (TRecord)contract.Record(outcome.Stored!);
    }

    /// <summary>Gets the latest version of a record, a version of it, or the one of a past instant.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<TRecord> GetAsync(GetRecordRequest request, ServerCallContext context)
    {
        Refuse(WireValues.Check(request).Select(finding => SubmissionParser.Violation(finding, ""))
            .Concat(request.Version < 0 ? [Violation("version", "0 for the latest, or 1 or more.")] : [])
            .Concat(request is { Version: > 0, AsOfTime: not null } ? [Violation("as_of_time", "Give a version or an instant, not both.")] : []));
        var found = await reader.FindAsync(
            Caller.Of(context).Sites, RecordId(request.RecordId), request.Version, request.AsOfTime?.ToDateTime(), context.CancellationToken)
            ?? throw RpcError.RecordNotFound(request.RecordId);
        audit.NoteRead(context, found.Header.Participant);
        return (TRecord)contract.Record(found);
    }

    /// <summary>Lists the latest versions of records.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>A page and the token of the next one, empty on the last.</returns>
    public async Task<(IReadOnlyList<TRecord> Records, string NextPageToken)> ListAsync(ListRecordsRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var site = ParticipantCode.FindSite(request.Participant);
        if (site is not null)
        {
            caller.Sites.Demand(site);
        }

        Refuse(WireValues.Check(request).Select(finding => SubmissionParser.Violation(finding, ""))
            .Concat(request.PageSize < 0 ? [Violation("page_size", "0 for 50, or up to 500.")] : [])
            .Concat(request.Participant.Length > 0 && site is null ? [Violation("participant", "Site code and number, such as 01-0001.")] : [])
            .Concat(CheckKinds(request.Kinds)));
        var after = PagePlace.Find(tokens.Open("page_token", caller.Sites, request.PageToken) ?? "")
            ?? throw RpcError.InvalidField("page_token", "Not a page token. Take next_page_token of the page before.");

        var size = PageSize(request.PageSize);
        var found = await reader.ListAsync(
            caller.Sites, after, site is null ? null : request.Participant, request.Kinds.Count > 0 ? [.. request.Kinds] : [.. contract.Forms.Kinds.Where(kind => kind != QueryRules.Kind)],
            request.IncludeRetracted, size + 1, context.CancellationToken);
        var count = PageCut.Count(found, size);
        var last = found.Count > count ? found[count - 1].Header : null;
        audit.NoteList(context, request.Participant);
        return ([.. found.Take(count).Select(version => (TRecord)contract.Record(version))],
            last is null ? "" : tokens.Seal("page_token", caller.Sites, new PagePlace(last.Site, last.Participant, Guid.Parse(last.RecordId)).ToString()));
    }

    /// <summary>Lists all versions of a record, oldest first.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>A page and the token of the next one, empty on the last.</returns>
    public async Task<(IReadOnlyList<TRecord> Versions, string NextPageToken)> ListVersionsAsync(ListVersionsRequest request, ServerCallContext context)
    {
        Refuse(request.PageSize < 0 ? [Violation("page_size", "0 for 50, or up to 500.")] : []);
        var sites = Caller.Of(context).Sites;
        var after = int.TryParse(tokens.Open("page_token", sites, request.PageToken) ?? "0", CultureInfo.InvariantCulture, out var version)
            ? version
            : throw RpcError.InvalidField("page_token", "Not a page token of this call. Take next_page_token of the page before.");
        var size = PageSize(request.PageSize);
        var found = await reader.VersionsAsync(sites, RecordId(request.RecordId), after, size + 1, context.CancellationToken);
        if (found.Count == 0 && after == 0)
        {
            throw RpcError.RecordNotFound(request.RecordId);
        }

        audit.NoteRead(context, found.Count == 0 ? "" : found[0].Header.Participant);
        var count = PageCut.Count(found, size);
        return ([.. found.Take(count).Select(version => (TRecord)contract.Record(version))],
            found.Count > count ? tokens.Seal("page_token", sites, $"{found[count - 1].Header.Version}") : "");
    }

    /// <summary>Follows what is saved.</summary>
    /// <param name="request">The request.</param>
    /// <param name="send">Sends a change: the record (null when only the token moves on), the token after it, and whether nothing more is waiting.</param>
    /// <param name="context">The call.</param>
    public async Task WatchAsync(WatchRecordsRequest request, Func<TRecord?, string, bool, Task> send, ServerCallContext context)
    {
        Refuse(WireValues.Check(request).Select(finding => SubmissionParser.Violation(finding, "")).Concat(CheckKinds(request.Kinds)));
        var sites = Caller.Of(context).Sites;
        var cursor = JournalCursor.Find(tokens.Open("resume_token", sites, request.ResumeToken) ?? "")
            ?? throw RpcError.InvalidField("resume_token", "Not a resume token. Take the one of the last change, or leave it empty.");
        NoteFeed(context);
        for (var told = false; ;)
        {
            var (pulse, read) = (signal.Next, Stopwatch.GetTimestamp());
            var page = await reader.FollowAsync(sites, cursor, context.CancellationToken);
            foreach (var version in page.Rows)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                // The database has left out what the caller may not see; this is the same judgement once more, at the time of sending.
                if (sites.Includes(version.Header.Site) && (request.Kinds.Count == 0 || request.Kinds.Contains(version.Header.Kind)))
                {
                    await send((TRecord)contract.Record(version), TokenAt(version.Cursor), false);
                }
            }

            cursor = page.Cursor;
            if (page.CaughtUp && (!told || page.Rows.Count > 0))
            {
                await send(null, TokenAt(cursor), true);
            }

            told = page.CaughtUp;
            if (page.CaughtUp && request.UntilCaughtUp)
            {
                return;
            }

            if (page.CaughtUp)
            {
                await JournalSignal.WaitAsync(pulse, read, request.Kinds.Count > 0 ? JournalSignal.Long : JournalSignal.Short, context.CancellationToken);
            }
        }

        string TokenAt(JournalCursor place) => tokens.Seal("resume_token", sites, place.ToString());
    }

    /// <summary>Takes away what a version says.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<TRecord> RedactAsync(RedactVersionRequest request, ServerCallContext context)
    {
        Refuse(SubmissionParser.CheckChange("", request.RequestId, request.Reason)
            .Concat(string.IsNullOrWhiteSpace(request.Reason) ? [Violation("reason", "Required. Say why, in 1 to 500 characters, without what has to go.")] : [])
            .Concat(WireValues.Check(request).Select(finding => SubmissionParser.Violation(finding, "")))
            .Concat(request.Version < 1 ? [Violation("version", "Required. The version to redact, 1 or more.")] : []));
        RecordId(request.RecordId);
        return (TRecord)contract.Record(await redactor.RedactAsync(request, context));
    }

    private IEnumerable<Google.Rpc.BadRequest.Types.FieldViolation> CheckKinds(IEnumerable<string> kinds) => kinds.Where(kind => !contract.Forms.Kinds.Contains(kind))
        .Select(kind => Violation("kinds", $"{kind} is no kind of this service: {string.Join(", ", contract.Forms.Kinds)}."));

    private async Task<RpcException?> WhyFrozenAsync(RecordHeader header, CancellationToken cancellation)
    {
        string[] code = [header.Participant.Length > 0 ? header.Participant : header.Site];
        var known = await directory.FindAsync(code, cancellation);
        // A thaw may be newer than what is kept.
        return Frozen.Refusal(known.GetValueOrDefault(code[0])) is not { } refusal ? null
            : (await directory.FindAfreshAsync(code, cancellation)).TryGetValue(code[0], out var afresh) ? Frozen.Refusal(afresh)
            : refusal;
    }

    private void NoteFeed(ServerCallContext context)
    {
        if (Caller.Of(context).Sites.Site is null)
        {
            audit.Note(AuditNote.Of(AuditEventKind.Exported, context, "", "feed"));
        }
    }
}
