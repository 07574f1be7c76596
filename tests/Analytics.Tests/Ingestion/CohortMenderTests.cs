using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class CohortMenderTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    private readonly FailingClock clock = new();

    [Fact]
    public async Task What_was_stored_and_could_not_be_applied_is_loaded()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(clock);
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
        await analytics.CurveOfAsync(1);

        clock.FailsIngestor = true;
        await platform.Broker.PublishAsync(Sent.Infusion("01-0002", "2024-01-15"));

        Assert.Equal(2, (await analytics.CurveOfAsync(2)).Strata.Single().ParticipantCount);
        Assert.False(clock.FailsIngestor);
        await AnalyticsHost.UntilAsync(() => Task.FromResult(analytics.Part<IngestionState>().Figures.CohortBehindSince is null));
        Assert.Equal(0u, (await platform.Broker.DeadAsync()).MessageCount);
        await platform.Broker.PublishAsync(Sent.Infusion("01-0003", "2024-01-15"));
        Assert.Equal(3, (await analytics.CurveOfAsync(3)).Strata.Single().ParticipantCount);
    }

    [Fact]
    public async Task While_it_cannot_be_loaded_answers_claim_no_more_than_they_have()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(clock);
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
        await analytics.CurveOfAsync(1);
        await analytics.QueryAsync<int>("create table kept as select * from record_versions");
        await analytics.QueryAsync<int>("update record_versions set content = '\\xff'");

        clock.FailsIngestor = true;
        await platform.Broker.PublishAsync(Sent.Infusion("01-0002", "2024-01-15"));
        await AnalyticsHost.UntilAsync(() => Task.FromResult(analytics.Part<IngestionState>().Figures.CohortBehindSince is not null));
        await platform.Broker.PublishAsync(Sent.Infusion("01-0003", "2024-01-15"));
        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<long>("select count(*) from record_versions")) is [3]);
        var meanwhile = await analytics.CurveAsync();
        Assert.Equal((1, 1), (meanwhile.Position.VersionCount, meanwhile.Strata.Single().ParticipantCount));

        await analytics.QueryAsync<int>("update record_versions set content = kept.content from kept where kept.record_id = record_versions.record_id");
        Assert.Equal(3, (await analytics.CurveOfAsync(3)).Strata.Single().ParticipantCount);
        lock (platform.Log)
        {
            Assert.Contains(platform.Log, line => line.StartsWith("Error What was stored could not be applied to the cohort: InvalidOperationException.", StringComparison.Ordinal));
            Assert.Contains(platform.Log, line => line.StartsWith("Error The cohort cannot be loaded anew: InvalidProtocolBufferException.", StringComparison.Ordinal));
        }
    }

    /// <summary>A clock that fails once for who has just stored a batch and applies it to the cohort.</summary>
    private sealed class FailingClock : TimeProvider
    {
        public bool FailsIngestor { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (FailsIngestor && Environment.StackTrace.Contains(typeof(Ingestor).FullName!, StringComparison.Ordinal))
            {
                FailsIngestor = false;
                throw new InvalidOperationException("The clock has stopped.");
            }

            return base.GetUtcNow();
        }
    }
}
