using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>Saves versions of records that RPCs of their own change, once for each request id.</summary>
internal sealed class ActionSaver(RecordContract contract, Journal journal, JournalWriter writer)
{
    /// <summary>Makes a version.</summary>
    /// <param name="subject">The record's id, and its kind, participant, site and origin; its version is the one before.</param>
    /// <param name="naturalKey">What there is one of.</param>
    /// <param name="form">What it says.</param>
    /// <param name="request">What was asked, with a <c>request_id</c>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="caller">Who asked.</param>
    public JournalEntry Entry(RecordHeader subject, string naturalKey, IMessage form, IMessage request, string reason, Caller caller)
    {
        var requestId = request.Descriptor.FindFieldByName("request_id");
        var asked = request.Descriptor.Parser.ParseFrom(request.ToByteString());
        requestId.Accessor.SetValue(asked, "");
        return new JournalEntry
        {
            RecordId = Guid.Parse(subject.RecordId),
            Version = subject.Version + 1,
            Kind = subject.Kind,
            Participant = subject.Participant,
            Site = subject.Site,
            Origin = subject.Origin,
            State = RecordState.Active,
            NaturalKey = naturalKey,
            Content = contract.Content(contract.FieldOfKind(subject.Kind), form).ToByteArray(),
            FormJson = RecordContract.ToJson(form),
            Findings = [],
            Actor = caller.Actor,
            Client = caller.Client,
            RequestId = Guid.Parse((string)requestId.Accessor.GetValue(request)),
            // Of what was asked, not of what it made of the record.
            RequestHash = VersionHash.Request(
                request.Descriptor.FullName, expectedVersion: 0, reason: "", subject.Participant, subject.Origin, RecordState.Active, asked.ToByteArray()),
            Reason = subject.Version == 0 ? "" : reason,
        };
    }

    /// <summary>Saves a version.</summary>
    /// <param name="entry">The version.</param>
    /// <param name="whyNot">Why it is refused; null when it is not.</param>
    /// <param name="cancellation">Ends the wait before the save.</param>
    /// <exception cref="RpcException">It is refused.</exception>
    public async Task<StoredVersion> SaveAsync(JournalEntry entry, Func<Task<RpcException?>> whyNot, CancellationToken cancellation)
    {
        // The same request has the same answer, whatever the record says by now.
        var repeat = (await journal.FindRequestsAsync([(entry.Client, entry.RequestId)], cancellation)).Values.FirstOrDefault();
        var outcome = repeat is not null ? Journal.Repeat(entry, repeat)
            : await whyNot() is { } refusal ? new SaveOutcome(null, false, refusal)
            : await writer.SaveAsync(entry, cancellation);
        return outcome.Refusal is null ? outcome.Stored! : throw outcome.Refusal;
    }
}
