using System.Collections.Immutable;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Operations;

namespace Equecel.Analytics.Tests.Operations;

public sealed class IngestionAlarmsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly IngestionFigures Well = new()
    {
        QueuedCount = 100_000,
        DeadCount = 0,
        Services = ImmutableSortedDictionary<string, FollowedFigures>.Empty.Add("safety", new FollowedFigures
        {
            FeedReadTime = Now.AddHours(-1),
            LastReconcile = new V1.ReconcileSummary { ComparedCount = 5, FetchedCount = 3 },
        }),
    };

    public static TheoryData<string, string> Faults => new()
    {
        { "no broker for 61 s", "Nothing is consumed from the broker since 2026-01-01 11:58:59Z. Look at the broker; saves go on." },
        { "no database for 61 s", "Nothing can be stored since 2026-01-01 11:58:59Z. Look at the database of Analytics; messages wait at the broker." },
        { "cohort behind for 61 s", "The cohort lacks what was stored since 2026-01-01 11:58:59Z and cannot be loaded anew. Look at the log of Analytics; answers are of what was there before, as their data position says." },
        { "parked", "2 message(s) could not be used, the oldest since 2026-01-01 11:00:00Z. See equecel replay parked; when the cause is gone, equecel replay parked --all." },
        { "dead", "1 message(s) wait in quarantine since 2026-01-01 11:00:00Z, after consumers died of them. They are tried one by one; look at the log of Analytics if they stay." },
        { "hole", "1 record(s) lack a version below their latest. Their owners were asked; see equecel reconcile." },
        { "no feed for 61 s", "The feed of safety cannot be read since 2026-01-01 11:58:59Z. Look at safety." },
        { "extra", "safety: 0 version(s) missing, 2 unknown to it, 0 with another hash. See equecel reconcile and equecel verify-journal; nothing is deleted." },
    };

    [Fact]
    public void A_long_queue_and_a_healed_loss_are_no_alarm() => Assert.Empty(IngestionAlarms.Of(Well, Now));

    [Fact]
    public void A_minute_without_broker_database_or_feed_is_no_alarm() => Assert.Empty(IngestionAlarms.Of(Away(Now.AddSeconds(-60)), Now));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_alarm_says_what_to_do(string fault, string alarm) => Assert.Equal([alarm], IngestionAlarms.Of(With(fault), Now));

    [Fact]
    public void Alarms_are_told_together() => Assert.Equal(3, IngestionAlarms.Of(Away(Now.AddSeconds(-61)), Now).Count);

    private static IngestionFigures With(string fault) => fault switch
    {
        "no broker for 61 s" => Well with { NotConsumingSince = Now.AddSeconds(-61) },
        "no database for 61 s" => Well with { DatabaseAwaySince = Now.AddSeconds(-61) },
        "cohort behind for 61 s" => Well with { CohortBehindSince = Now.AddSeconds(-61) },
        "parked" => Well with { ParkedCount = 2, OldestParkedTime = Now.AddHours(-1) },
        "dead" => Well with { DeadCount = 1, OldestDeadTime = Now.AddHours(-1) },
        "hole" => Well with { HoleCount = 1 },
        "no feed for 61 s" => Safety(new FollowedFigures { FeedAwaySince = Now.AddSeconds(-61) }),
        _ => Safety(new FollowedFigures { LastReconcile = new V1.ReconcileSummary { ExtraCount = 2 } }),
    };

    private static IngestionFigures Away(DateTimeOffset since) =>
        Safety(new FollowedFigures { FeedAwaySince = since }) with { NotConsumingSince = since, DatabaseAwaySince = since };

    private static IngestionFigures Safety(FollowedFigures figures) => Well with { Services = Well.Services.SetItem("safety", figures) };
}
