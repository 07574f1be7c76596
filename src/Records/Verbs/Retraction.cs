using Equecel.Common.V1;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>A version that keeps what a record says and marks it as entered in error.</summary>
internal static class Retraction
{
    public static JournalEntry Of(StoredVersion current, IMessage form, RetractRecordRequest request, Caller caller)
    {
        var header = current.Header;
        return new JournalEntry
        {
            RecordId = Guid.Parse(header.RecordId),
            Version = request.ExpectedVersion + 1,
            Kind = header.Kind,
            Participant = header.Participant,
            Site = header.Site,
            Origin = header.Origin,
            State = RecordState.Retracted,
            NaturalKey = current.NaturalKey,
            Content = current.Content.ToByteArray(),
            FormJson = RecordContract.ToJson(form),
            Findings = [],
            Actor = caller.Actor,
            Client = caller.Client,
            RequestId = Guid.Parse(request.RequestId),
            // Without the content: the same request must be the same whatever the record says by now.
            RequestHash = VersionHash.Request(
                header.RecordId, request.ExpectedVersion, request.Reason, header.Participant, header.Origin, RecordState.Retracted, content: []),
            Reason = request.Reason,
        };
    }

    public static RpcException AlreadyRetracted(string recordId) => RpcError.Precondition(
        ErrorReason.RecordState, recordId, $"Record {recordId} is retracted already. Amend it to bring it back.");

    public static RpcException NotSent(RecordHeader header) => RpcError.Precondition(
        ErrorReason.RecordState, header.RecordId, $"Record {header.RecordId} is a {header.Kind}, which RPCs of its own change. It cannot be retracted.");

    public static RpcException Derived(string recordId) => RpcError.Precondition(
        ErrorReason.RecordState, recordId, $"Record {recordId} is computed from others. Amend or retract those; it follows by itself.");
}
