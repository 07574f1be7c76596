using Equecel.Analytics.Comparison;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Client;
using Equecel.Records.V1;
using Equecel.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Comparison;

[Collection(Servers.Name)]
public sealed class CompareSnapshotsTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Two_moments_differ_in_whom_something_was_saved_of_that_changed_a_fact()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var death = Sent.Death("01-0002", "2024-03-01");
        var followUp = Sent.FollowUp("01-0003", "2024-02-01");
        platform.Capture.Saved.Add(
            Sent.Participation("01-0001"), Sent.Infusion("01-0001", "2024-01-15"),
            Sent.Infusion("01-0002", "2024-01-15"), death, Sent.Infusion("01-0003", "2024-01-15"), followUp);
        var amended = followUp.Next(record =>
        {
            record.FollowUp.LastKnownAliveDate = "2024-02-20";
            (record.Header.Actor, record.Header.Reason) = ("site-01", "Read wrong");
        }).SavedAt(Sent.SaveTime.AddDays(2));
        platform.Capture.Saved.Add(
            death.Next(record => (record.Header.State, record.Header.Actor, record.Header.Reason) = (RecordState.Retracted, "site-01", "Another person's")).SavedAt(Sent.SaveTime.AddDays(1)),
            amended,
            amended.Next(record => record.FollowUp.LastKnownAliveDate = "2024-02-21").SavedAt(Sent.SaveTime.AddDays(3)),
            Sent.Query("01-0001", Records.V1.DataQuery.Types.State.Open).SavedAt(Sent.SaveTime.AddDays(1)),
            Sent.Participation("02-0001").SavedAt(Sent.SaveTime.AddDays(4)));
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(11);
        await analytics.Client.CreateSnapshotAsync(new() { RequestId = $"{Guid.NewGuid()}", Label = "first", AsOfTime = Sent.SaveTime.ToTimestamp() }, analytics.Study);

        var steps = await CompareAsync(analytics, new() { From = new() { Snapshot = "first" } });

        Assert.Equal(["01-0002", "01-0003", "02-0001"], steps.SkipLast(1).Select(step => step.Participant.Participant));
        var dead = steps[0].Participant.Facts.Single(fact => fact.Fact == "os");
        Assert.Equal(("event", "censored"), (dead.Before, dead.After));
        var retraction = Assert.Single(Assert.Single(dead.Records).Changes);
        Assert.Equal((2, "site-01", "Another person's", true), (retraction.Version, retraction.Actor, retraction.Reason, retraction.Retracted));
        Assert.Equal(Sent.SaveTime.AddDays(1).ToTimestamp(), retraction.SaveTime);
        var alive = steps[1].Participant.Facts.Single(fact => fact.Fact == "last-alive-date");
        Assert.Equal(("2024-02-01", "2024-02-21"), (alive.Before, alive.After));
        Assert.Equal(("follow_up", 1, 3), (alive.Records.Single().Kind, alive.Records.Single().VersionBefore, alive.Records.Single().VersionAfter));
        Assert.Equal(["Read wrong", "Read wrong"], alive.Records.Single().Changes.Select(change => change.Reason));
        Assert.Equal("not infused", steps[2].Participant.Facts.Single(fact => fact.Fact == "population").After);
        var summary = steps[^1].Summary;
        Assert.Equal((4, 3, 3), (summary.VersionCount, summary.ParticipantCount, summary.DifferentCount));
        Assert.Equal((6, 11), (summary.From.VersionCount, summary.To.VersionCount));

        var none = await CompareAsync(analytics, new() { From = At(0), To = At(0) });
        Assert.Equal((0, 0), (Assert.Single(none).Summary.VersionCount, none[0].Summary.DifferentCount));
        var site = await CompareAsync(analytics, new() { From = At(0), To = At(3), Sites = { "02" } });
        Assert.Equal(0, Assert.Single(site).Summary.ParticipantCount);
    }

    [Fact]
    public async Task What_differs_is_what_the_dossiers_of_both_moments_say()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var study = new RandomStudy(20260102);
        List<IMessage> saved = [.. study.Enrol(80), .. study.Change(120)];
        var from = study.Clock;
        saved.AddRange([.. study.Change(60), .. study.Enrol(10), .. study.Change(60)]);
        platform.Capture.Saved.Add(saved);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(saved.Count);

        var steps = await CompareAsync(analytics, new() { From = new() { AsOfTime = from.ToTimestamp() }, To = new() { AsOfTime = study.Clock.ToTimestamp() } });

        var (before, after) = (await FactsAsync(analytics, from), await FactsAsync(analytics, study.Clock));
        var nothing = new Dictionary<string, string>();
        var expected = after.Keys.Union(before.Keys).Order(StringComparer.Ordinal).SelectMany(participant =>
        {
            var (was, became) = (before.GetValueOrDefault(participant, nothing), after.GetValueOrDefault(participant, nothing));
            return DerivedFacts.InOrder(was.Keys.Union(became.Keys)).Select(fact => (Fact: fact, Was: was.GetValueOrDefault(fact, ""), Became: became.GetValueOrDefault(fact, "")))
                .Where(one => one.Was != one.Became)
                .Select(one => $"{participant} {one.Fact}: {one.Was} → {one.Became}");
        }).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected,
            steps.SkipLast(1).SelectMany(step => step.Participant.Facts.Select(fact => $"{step.Participant.Participant} {fact.Fact}: {fact.Before} → {fact.After}")));
        Assert.All(steps.SkipLast(1).SelectMany(step => step.Participant.Facts), fact => Assert.NotEmpty(fact.Records));
    }

    private static async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> FactsAsync(AnalyticsHost analytics, DateTimeOffset asOf)
    {
        await using var moment = await analytics.Part<DossierReader>().OpenAsync(asOf, CancellationToken.None);
        var facts = new DerivedFacts(cutoff: null);
        return await moment.ReadAsync([], CancellationToken.None).ToDictionaryAsync(dossier => dossier.Participant, facts.Of);
    }

    [Fact]
    public async Task Moments_in_the_wrong_order_and_those_that_are_none_are_refused()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(0);

        Assert.Equal(["from"], await FaultsAsync(analytics, new() { From = At(1), To = At(0) }));
        Assert.Equal(["from", "to.snapshot", "sites[0]", "data_cutoff_date"], await FaultsAsync(analytics, new() { To = new() { Snapshot = "1st" }, Sites = { "x" }, DataCutoffDate = "soon" }));
        Assert.Equal(["to.as_of_time"], await FaultsAsync(analytics, new() { From = At(1), To = new() { AsOfTime = DateTimeOffset.UtcNow.AddDays(1).ToTimestamp() } }));
    }

    private static DataMoment At(int days) => new() { AsOfTime = Sent.SaveTime.AddDays(days).ToTimestamp() };

    private static async Task<List<CompareSnapshotsResponse>> CompareAsync(AnalyticsHost analytics, CompareSnapshotsRequest request)
    {
        using var call = analytics.Client.CompareSnapshots(request, analytics.Study);
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    private static async Task<IEnumerable<string>> FaultsAsync(AnalyticsHost analytics, CompareSnapshotsRequest request) =>
        RpcProblem.Of(await Assert.ThrowsAsync<RpcException>(() => CompareAsync(analytics, request))).Fields.Select(field => field.Field);
}
