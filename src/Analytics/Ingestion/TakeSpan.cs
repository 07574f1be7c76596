using System.Diagnostics;

namespace Equecel.Analytics.Ingestion;

/// <summary>The span of taking a batch in, which goes on from the spans that its messages were published in.</summary>
internal static class TakeSpan
{
    /// <summary>Name of the source.</summary>
    public const string Source = "Equecel.Analytics";

    private static readonly ActivitySource Spans = new(Source);

    /// <summary>Starts the span. A batch has many beginnings, so they are its links; a single message's is its parent.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>Null while nobody listens.</returns>
    public static Activity? Start(IReadOnlyList<Arrival> batch)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        var beginnings = batch.Select(arrival => Beginning(arrival.Message)).Where(context => context != default).ToList();
        var span = beginnings.Count == 1
            ? Spans.StartActivity("take in", ActivityKind.Consumer, beginnings[0])
            : Spans.StartActivity("take in", ActivityKind.Consumer, parentContext: default, links: beginnings.Select(context => new ActivityLink(context)));
        return span?.SetTag("messaging.batch.message_count", batch.Count);
    }

    private static ActivityContext Beginning(ReceivedMessage message) => ActivityContext.TryParse(
        message.Properties.GetValueOrDefault($"{ReceivedMessage.HeaderPrefix}traceparent"),
        message.Properties.GetValueOrDefault($"{ReceivedMessage.HeaderPrefix}tracestate"),
        isRemote: true,
        out var context) ? context : default;
}
