using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Streams;

/// <summary>Where rows of a kind go, and how they travel.</summary>
/// <param name="Open">Opens the stream.</param>
/// <param name="HeaderOf">The header of a row, made if there is none.</param>
/// <param name="NewMessage">Makes the message that carries one row at a time.</param>
/// <param name="Put">Puts a row into the message.</param>
internal sealed record ImportTarget<TRow, TMessage>(
    Func<CallOptions, AsyncDuplexStreamingCall<TMessage, ImportVerdict>> Open,
    Func<TRow, SubmissionHeader> HeaderOf,
    Func<TMessage> NewMessage,
    Action<TMessage, TRow> Put);
