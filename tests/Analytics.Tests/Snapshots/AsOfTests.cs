using Equecel.Analytics.Tests.Support;
using Equecel.Client;
using Equecel.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Snapshots;

[Collection(Servers.Name)]
public sealed class AsOfTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Every_answer_as_of_an_instant_stays_the_same_to_the_byte_while_data_flows_in()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var study = new RandomStudy(20260101);
        List<IMessage> first = [.. study.Enrol(60), .. study.Change(80)];
        platform.Capture.Saved.Add(first);
        var (then, last) = (study.Clock, 0L);
        List<string> asOf;
        await using (var analytics = await platform.StartAnalyticsAsync())
        {
            await analytics.CurveOfAsync(first.Count);
            var live = await AllAnswers.AskAsync(analytics);
            Assert.Equal(live.WithoutPosition(), (await AllAnswers.AskAsync(analytics, then)).WithoutPosition());

            // What time alone changes, so that an answer of an instant must leave the clock alone.
            var open = study.LeaveOpen();
            first.AddRange(open);
            platform.Capture.Saved.Add(open);
            await platform.Broker.PublishAsync(open);
            await analytics.CurveOfAsync(first.Count);
            then = study.Clock;
            var answers = await AllAnswers.AskAsync(analytics, then);
            asOf = [.. answers.ToBytes()];
            Assert.NotEqual(Shown(answers["DataQuality"]), Shown((await AllAnswers.AskAsync(analytics))["DataQuality"]));
            await analytics.Client.CreateSnapshotAsync(
                new() { RequestId = $"{Guid.NewGuid()}", Label = "interim-1", AsOfTime = then.ToTimestamp() }, analytics.Study);

            study.Clock += TimeSpan.FromHours(1);
            List<IMessage> day = [.. study.Change(100), .. study.Enrol(20), .. study.Change(60)];
            last = first.Count + day.Count;
            platform.Capture.Saved.Add(day);
            await platform.Broker.PublishAsync(study.Shuffled(day));
            await analytics.CurveOfAsync(last);

            Assert.Equal(asOf, (await AllAnswers.AskAsync(analytics, then)).ToBytes());
            Assert.Equal(asOf, (await AllAnswers.AskAsync(analytics, snapshot: "INTERIM-1")).ToBytes());
            var now = await AllAnswers.AskAsync(analytics);
            Assert.All(
                ["OverallSurvival by Site", "ProgressionFreeSurvival by Sex", "Response by Unspecified", "BestResponse", "AdverseEvents", "who was at risk"],
                name => Assert.NotEqual(Shown(live[name]), Shown(now[name])));

            using var rebuild = analytics.Client.Rebuild(new(), analytics.Operator);
            await foreach (var step in rebuild.ResponseStream.ReadAllAsync())
            {
                _ = step;
            }

            Assert.Equal(asOf, (await AllAnswers.AskAsync(analytics, snapshot: "interim-1")).ToBytes());
        }

        await using var restarted = await platform.StartAnalyticsAsync();
        await restarted.CurveOfAsync(last);
        Assert.Equal(asOf, (await AllAnswers.AskAsync(restarted, then)).ToBytes());
        Assert.Equal(asOf, (await AllAnswers.AskAsync(restarted, snapshot: "interim-1")).ToBytes());
    }

    [Fact]
    public async Task A_version_that_was_saved_by_then_and_has_not_come_is_fetched_before_the_answer()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());
        var (infusion, death) = (Sent.Infusion("01-0001", "2024-01-15"), Sent.Death("01-0001", "2024-02-01"));
        await platform.Broker.PublishAsync(infusion);
        await analytics.CurveOfAsync(1);
        platform.Capture.Saved.Add(infusion, death.SavedAt(DateTimeOffset.UtcNow.AddMilliseconds(-5)));

        var curve = await analytics.CurveAsync(request => request.AsOfTime = DateTimeOffset.UtcNow.ToTimestamp());

        Assert.Equal((1, 2), (curve.Strata.Single().EventCount, curve.Position.VersionCount));
    }

    [Fact]
    public async Task What_cannot_be_had_or_may_still_be_saved_is_waited_for_and_then_refused_with_how_far_it_is_complete()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync(new FastClock());
        await analytics.CurveOfAsync(0);
        var start = DateTimeOffset.UtcNow.AddSeconds(-1);
        await analytics.CurveAsync(request => request.AsOfTime = start.ToTimestamp());

        // Neither through the feed nor by itself.
        var gate = new TaskCompletionSource();
        platform.Capture.Saved.BeforeChange = () => gate.Task;
        platform.Capture.Saved.GivesVersions = false;
        platform.Capture.Saved.Add(Sent.Death("01-0001", "2024-02-01").SavedAt(start.AddMilliseconds(10)));
        var missing = await ProblemAsync(analytics, start.AddMilliseconds(20));
        Assert.Equal((StatusCode.FailedPrecondition, "DATA_INCOMPLETE", "safety"), (missing.Code, missing.Reason, missing.Metadata["service"]));
        Assert.InRange(DateTimeOffset.Parse(missing.Metadata["complete_time"], System.Globalization.CultureInfo.InvariantCulture), start.AddMilliseconds(-1), start.AddMilliseconds(2));
        Assert.Equal(0, (await analytics.CurveAsync(request => request.AsOfTime = start.ToTimestamp())).Position.VersionCount);

        platform.Capture.Saved.GivesVersions = true;
        Assert.Equal(1, (await analytics.CurveAsync(request => request.AsOfTime = start.AddMilliseconds(20).ToTimestamp())).Position.VersionCount);

        platform.Capture.Saved.Settled = start.AddMilliseconds(25);
        Assert.Equal("DATA_INCOMPLETE", (await ProblemAsync(analytics, start.AddMilliseconds(30))).Reason);

        platform.Capture.Saved.HasDigests = false;
        Assert.Equal(StatusCode.Unavailable, (await ProblemAsync(analytics, start.AddMilliseconds(30))).Code);
        Assert.Equal(1, (await analytics.CurveAsync(request => request.AsOfTime = start.AddMilliseconds(20).ToTimestamp())).Position.VersionCount);
        gate.SetResult();
    }

    private static string Shown(IMessage answer) => new SortedDictionary<string, IMessage> { [""] = answer }.WithoutPosition().Single();

    private static async Task<RpcProblem> ProblemAsync(AnalyticsHost analytics, DateTimeOffset asOf) => RpcProblem.Of(
        await Assert.ThrowsAsync<RpcException>(async () => await analytics.Client.GetSurvivalCurveAsync(
            new() { Endpoint = V1.Endpoint.OverallSurvival, AsOfTime = asOf.ToTimestamp() }, analytics.Study)));
}
