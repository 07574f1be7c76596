using System.Collections.Concurrent;
using System.Diagnostics;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class TraceTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Taking_in_goes_on_in_the_trace_of_the_publishing()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TakeSpan.Source || source.Name.StartsWith("RabbitMQ.Client", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        ActivitySource.AddActivityListener(listener);

        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
        await analytics.CurveOfAsync(1);
        await AnalyticsHost.UntilAsync(() => Task.FromResult(spans.Any(span => span.Source.Name == TakeSpan.Source)));

        var published = Assert.Single(spans, span => span.Source.Name == "RabbitMQ.Client.Publisher");
        var taken = Assert.Single(spans, span => span.Source.Name == TakeSpan.Source);
        Assert.Equal((published.TraceId, published.SpanId), (taken.TraceId, taken.ParentSpanId));
        Assert.Equal(1, taken.GetTagItem("messaging.batch.message_count"));
    }
}
