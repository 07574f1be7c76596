using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using static Equecel.Records.Verbs.RequestChecks;

namespace Equecel.Records.Verbs;

/// <summary>Records that an RPC of the service's own changes, and of which a participant or a site has one.</summary>
/// <typeparam name="TRecord">The service's record.</typeparam>
public sealed class OnlyRecords<TRecord>
    where TRecord : class, IMessage<TRecord>
{
    private readonly RecordContract contract;
    private readonly RecordReader reader;
    private readonly ActionSaver saver;
    private readonly IParticipantDirectory directory;

    internal OnlyRecords(IServiceProvider services)
    {
        contract = services.GetRequiredService<RecordContract>();
        reader = services.GetRequiredService<RecordReader>();
        saver = services.GetRequiredService<ActionSaver>();
        directory = services.GetRequiredService<IParticipantDirectory>();
    }

    /// <summary>Saves the next version, or the first.</summary>
    /// <typeparam name="TForm">What the record says; a field of the record, and of no submission.</typeparam>
    /// <param name="request">What is asked, with a <c>request_id</c>, a <c>code</c> and a <c>reason</c>.</param>
    /// <param name="next">What it is to say, from what it says now, which is null before the first version.</param>
    /// <param name="whyNot">Why the present state forbids it; null when it does not.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">It is refused.</exception>
    public async Task<TRecord> SaveAsync<TForm>(IMessage request, Func<TForm?, TForm> next, Func<TForm?, string?> whyNot, ServerCallContext context)
        where TForm : class, IMessage
    {
        var (code, reason) = (Text("code"), Text("reason"));
        var site = ParticipantCode.IsSite(code) ? code : ParticipantCode.FindSite(code);
        Refuse(SubmissionParser.CheckChange("", Text("request_id"), reason)
            .Concat(If(string.IsNullOrWhiteSpace(reason), "reason", "Required. Say why, in 1 to 500 characters."))
            .Concat(If(site is null, "code", "Required. A participant, such as 01-0001, or a site, such as 01."))
            .Concat(Values(request)));
        var caller = Caller.Of(context);
        caller.Sites.Demand(site!);
        var kind = contract.KindOf(typeof(TForm));
        var key = $"{kind} of {code}";
        var current = await reader.FindOnlyAsync(caller.Sites, key, context.CancellationToken);
        var form = current is null ? null : (TForm)contract.FormIn(contract.WithoutHeader(current));
        var header = current?.Header ?? new RecordHeader
        {
            RecordId = Guid.CreateVersion7().ToString(),
            Kind = kind,
            Participant = code == site ? "" : code,
            Site = site!,
            Origin = DataOrigin.Prospective,
        };
        var saved = await saver.SaveAsync(saver.Entry(header, key, next(form), request, reason, caller), WhyNotAsync, context.CancellationToken);
        directory.Saved(
            new FormContext { Participant = header.Participant, Site = header.Site, Origin = header.Origin, Today = default, New = false }, contract.FormIn(contract.WithoutHeader(saved)));
        return (TRecord)contract.Record(saved);

        string Text(string field) => (string)request.Descriptor.FindFieldByName(field).Accessor.GetValue(request);

        async Task<RpcException?> WhyNotAsync() =>
            !(await directory.FindAsync([code], context.CancellationToken)).ContainsKey(code)
                ? RpcError.Precondition(code == site ? ErrorReason.SiteUnknown : ErrorReason.ParticipantUnknown, code, $"{code} is not known.")
            : whyNot(form) is { } why ? RpcError.Precondition(ErrorReason.RecordState, code, $"{code} {why}")
            : null;
    }
}
