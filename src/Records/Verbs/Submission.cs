using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>A form that a sender asks to save, read and found to be well-formed.</summary>
internal sealed class Submission
{
    public required SubmissionHeader Header { get; init; }

    public required Form Form { get; init; }

    public required IMessage Message { get; init; }

    public required FormContext Context { get; init; }

    public required Guid RequestId { get; init; }

    /// <summary>The record to amend, or a new id, ordered by time.</summary>
    public required Guid RecordId { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>What the journal answers once: the request, of its client.</summary>
    public (string Client, Guid Id) Request => (Caller.Client, RequestId);

    /// <summary>The record without its header.</summary>
    public required IMessage Record { get; init; }

    /// <summary>The same as protobuf.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Questions that the checks ask of the site, once judged.</summary>
    public IReadOnlyList<Finding> Queries { get; private set; } = [];

    /// <summary>Code of what must be known before the form can be saved; null for a form about a site.</summary>
    public string? Subject => Form.Subject switch
    {
        FormSubject.Site => null,
        FormSubject.Enrolment => Context.Site,
        _ => Context.Participant,
    };

    /// <summary>Whose facts this form can change: the participant, or the site that it is about.</summary>
    public string Code => Context.Participant.Length > 0 ? Context.Participant : Context.Site;

    /// <summary>What there may be one of, such as <c>death of 01-0001</c>; null when there may be many.</summary>
    public string? NaturalKey => Form.OnlyOne(Message) is { } one ? $"{one} of {Code}" : null;

    /// <summary>Judges the form by what is known now.</summary>
    /// <param name="facts">What is known, by code of participant or site.</param>
    /// <param name="others">The participants' other records, for checks that look at them.</param>
    /// <returns>Why it is refused; null when it can be saved.</returns>
    public RpcException? Judge(IReadOnlyDictionary<string, ParticipantFacts> facts, OtherRecords others)
    {
        if (Subject is { } subject && !facts.ContainsKey(subject))
        {
            return Form.Subject == FormSubject.Enrolment
                ? RpcError.Precondition(ErrorReason.SiteUnknown, subject, $"Site {subject} is not registered. Send its site form to EnrolmentService first.")
                : RpcError.Precondition(ErrorReason.ParticipantUnknown, subject, $"Participant {subject} is not enrolled. Send the participation to EnrolmentService first.");
        }

        if ((Frozen.Refusal(facts.GetValueOrDefault(Code)) ?? Frozen.Refusal(facts.GetValueOrDefault(Subject ?? Code))) is { } frozen)
        {
            return frozen;
        }

        var context = Context with { Facts = facts.GetValueOrDefault(Context.Participant), Others = Form.ReadsOthers ? others.Of(this) : [] };
        var findings = Form.Checks(Message, context).OfType<Finding>().ToList();
        if (findings.Any(finding => finding.Severity == Severity.Hard))
        {
            return RpcError.InvalidFields(findings.Where(finding => finding.Severity == Severity.Hard).Select(Violation));
        }

        Queries = findings;
        return null;
    }

    /// <summary>The version that is to be saved.</summary>
    /// <param name="others">What the form was judged by, when it is to be saved only while that is so.</param>
    public JournalEntry ToEntry(OtherRecords? others = null) => new()
    {
        RecordId = RecordId,
        Version = Header.ExpectedVersion + 1,
        Kind = Form.Kind,
        Participant = Context.Participant,
        Site = Context.Site,
        Origin = Header.Origin,
        State = RecordState.Active,
        NaturalKey = NaturalKey,
        Content = Content,
        FormJson = RecordContract.ToJson(Message),
        Findings = new RecordHeader { Findings = { Queries } }.ToByteArray(),
        Actor = Caller.Actor,
        Client = Caller.Client,
        RequestId = RequestId,
        RequestHash = VersionHash.Request(
            Header.RecordId.Length == 0 ? "" : RecordId.ToString(), Header.ExpectedVersion, Header.Reason, Header.Participant, Header.Origin, RecordState.Active, Content),
        Reason = Header.Reason,
        JudgedAt = others?.PositionOf(this),
    };

    /// <summary>What the header of the saved record would be, for an answer to a check.</summary>
    public RecordHeader Preview() => new()
    {
        Version = Header.ExpectedVersion + 1,
        Kind = Form.Kind,
        Participant = Context.Participant,
        Site = Context.Site,
        Origin = Header.Origin,
        State = RecordState.Active,
        Actor = Caller.Actor,
        Client = Caller.Client,
        RequestId = Header.RequestId,
        Reason = Header.Reason,
        Findings = { Queries },
    };

    private BadRequest.Types.FieldViolation Violation(Finding finding) => SubmissionParser.Violation(finding, Form.Kind + ".");
}
