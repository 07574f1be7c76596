using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>That nothing may be saved of a participant or a site.</summary>
internal static class Frozen
{
    /// <summary>Why nothing may be saved; null while it may.</summary>
    /// <param name="facts">What is known of the participant or site; null when nothing is.</param>
    public static RpcException? Refusal(ParticipantFacts? facts) => facts is { HasFreezeReason: true }
        ? RpcError.Precondition(
            ErrorReason.Frozen, facts.Participant, $"{facts.Participant} is frozen: {facts.FreezeReason} Ask the study team to thaw it before you send this.")
        : null;
}
