using Equecel.Audit;
using Equecel.Enrolment.V1;
using Equecel.Records.Directory;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using static Equecel.Records.Verbs.RequestChecks;

namespace Equecel.Records.Schedule;

/// <summary>The verb about the forms that are expected at visits. An RPC of the service passes its call to it.</summary>
public sealed class ScheduleVerbs
{
    private static readonly DueState[] Open = [DueState.Due, DueState.Overdue];

    private readonly RecordContract contract;
    private readonly RecordedVisits visits;
    private readonly IParticipantDirectory directory;
    private readonly SiteParticipants participants;
    private readonly SealedTokens tokens;
    private readonly AuditLog audit;
    private readonly TimeProvider time;

    internal ScheduleVerbs(IServiceProvider services)
    {
        contract = services.GetRequiredService<RecordContract>();
        visits = services.GetRequiredService<RecordedVisits>();
        directory = services.GetRequiredService<IParticipantDirectory>();
        participants = services.GetRequiredService<SiteParticipants>();
        tokens = services.GetRequiredService<SealedTokens>();
        audit = services.GetRequiredService<AuditLog>();
        time = services.GetRequiredService<TimeProvider>();
    }

    /// <summary>Lists the forms that are expected of a site's participants, and how they stand today.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<ListDueFormsResponse> ListAsync(ListDueFormsRequest request, ServerCallContext context)
    {
        var scope = Caller.Of(context).Sites;
        var site = SiteOf(request, scope);
        var after = After(request, scope);
        var forms = contract.Forms.Scheduled.Where(form => request.Kinds.Count == 0 || request.Kinds.Contains(form.Kind)).ToList();
        var states = request.States.Count == 0 ? Open.AsEnumerable() : request.States;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime + Forms.Check.ChinaOffset);

        var known = await FactsAsync(request.Participant, site, context.CancellationToken);
        var recorded = await visits.ReadAsync(scope, site, request.Participant.Length > 0 ? request.Participant : null, forms, context.CancellationToken);
        audit.NoteList(context, request.Participant, site);

        var expected = known
            .SelectMany(facts => forms.SelectMany(form => ExpectedForms.Of(form, facts, [.. recorded[(facts.Participant, form.Kind)]], today)))
            .Where(form => states.Contains(form.State) && (after is not { } place || DuePlace.Of(form).CompareTo(place) > 0))
            .OrderBy(DuePlace.Of)
            .ToList();
        var size = PageSize(request.PageSize);
        return new ListDueFormsResponse
        {
            Forms = { expected.Take(size) },
            NextPageToken = expected.Count > size ? tokens.Seal("page_token", scope, DuePlace.Of(expected[size - 1]).ToString()) : "",
            Today = CivilDate.ToWire(today),
        };
    }

    private async Task<IReadOnlyCollection<ParticipantFacts>> FactsAsync(string participant, string site, CancellationToken cancellation)
    {
        if (participant.Length == 0)
        {
            return await participants.OfAsync(site, cancellation);
        }

        var found = await directory.FindAsync([participant], cancellation);
        return found.Count > 0
            ? [.. found.Values]
            : throw RpcError.Precondition(
                Common.V1.ErrorReason.ParticipantUnknown, participant, $"Participant {participant} is not enrolled. Send the participation to EnrolmentService first.");
    }

    /// <summary>The site that is asked about: of the participant, as named, or the caller's own.</summary>
    private string SiteOf(ListDueFormsRequest request, SiteScope scope)
    {
        var kinds = contract.Forms.Scheduled.Select(form => form.Kind).ToList();
        Refuse(Listed(scope, request, request.PageSize, request.Participant, request.Site)
            .Concat(If(request.Site.Length == 0 && request.Participant.Length == 0 && scope.Site is null, "site", "Name a site or a participant."))
            .Concat(If(request.States.Contains(DueState.Unspecified), "states", "UPCOMING, DUE, OVERDUE, DONE or MISSED."))
            .Concat(request.Kinds.Where(kind => !kinds.Contains(kind))
                .Select(kind => Violation("kinds", $"{kind} is not expected at visits: {string.Join(", ", kinds)}."))));
        return ParticipantCode.FindSite(request.Participant) ?? (request.Site.Length > 0 ? request.Site : scope.Site!);
    }

    private DuePlace? After(ListDueFormsRequest request, SiteScope scope) => tokens.Open("page_token", scope, request.PageToken) is not { } text
        ? null
        : DuePlace.Find(text) ?? throw RpcError.InvalidField("page_token", "Not a page token. Take next_page_token of the page before.");
}
