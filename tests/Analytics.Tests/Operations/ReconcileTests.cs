using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Testing;
using Grpc.Core;
using Kind = Equecel.Analytics.V1.ReconcileFinding.Types.Kind;

namespace Equecel.Analytics.Tests.Operations;

[Collection(IngestionServers.Name)]
public sealed class ReconcileTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task A_version_that_was_lost_is_found_and_fetched()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var infusion = Sent.Infusion("01-0001", "2024-01-15");
        platform.Capture.Saved.Add(infusion, infusion.Next(record => record.Infusion.StartTime.Seconds += 3600), Sent.Death("01-0001", "2024-01-25"));
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await before.CurveOfAsync(3);
            await before.QueryAsync<string>($"delete from record_versions where record_id = '{infusion.Header.RecordId}' and version = 2");
        }

        await using var analytics = await platform.StartAnalyticsAsync();
        await ReconcileAsync(analytics);

        Assert.Equal(3, (await analytics.CurveOfAsync(3)).Position.VersionCount);
        Assert.All((await ReconcileAsync(analytics)).Where(step => step.StepCase == ReconcileProgress.StepOneofCase.Summary), step => Assert.Equal(
            (step.Service switch { "enrolment" => 2, "safety" => 1, _ => 0 }, 0, 0, 0, 0),
            (step.Summary.ComparedCount, step.Summary.FetchedCount, step.Summary.MissingCount, step.Summary.ExtraCount, step.Summary.DifferentCount)));
    }

    [Fact]
    public async Task Among_thousands_it_narrows_down_to_the_few_that_are_not_the_same()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var saved = Enumerable.Range(0, 9000).Select(i => Sent.Infusion($"01-{i + 1:0000}", "2024-01-15").SavedAt(Sent.SaveTime.AddSeconds(i))).ToList();
        platform.Capture.Saved.Add(saved);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(9000);

        // The comparisons after the start are over: what is damaged from here on is for the asked one alone to find.
        await AnalyticsHost.UntilAsync(async () =>
            (await analytics.Client.GetIngestionStatusAsync(new(), analytics.Operator)).Services.All(service => service.LastReconcile is not null));
        await ReconcileAsync(analytics);

        var (lost, extra, altered) = (saved[10].Header.RecordId, saved[4711].Header.RecordId, saved[8990].Header.RecordId);
        await analytics.QueryAsync<string>($"delete from record_versions where record_id = '{lost}'");
        platform.Capture.Saved.Remove(saved[4711]);
        await analytics.QueryAsync<string>($"update record_versions set hash = sha256(hash) where record_id = '{altered}'");
        var fetched = platform.Capture.Saved.FetchedCount;
        var steps = await ReconcileAsync(analytics);

        Assert.Equal(
            [(Kind.Fetched, lost), (Kind.Extra, extra), (Kind.Different, altered)],
            steps.Where(step => step.Finding is not null).Select(step => (step.Finding.Kind, step.Finding.RecordId)));
        Assert.InRange(platform.Capture.Saved.FetchedCount - fetched, 2, 10);
        Assert.Equal(9000, (await analytics.QueryAsync<long>("select count(*) from record_versions")).Single());
        var status = await analytics.Client.GetIngestionStatusAsync(new(), analytics.Operator);
        Assert.Equal(
            ["enrolment: 0 version(s) missing, 1 unknown to it, 1 with another hash. See equecel reconcile and equecel verify-journal; nothing is deleted."],
            status.Alarms);
    }

    [Fact]
    public async Task What_cannot_be_used_stays_missing_and_is_parked()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        platform.Capture.Saved.Add(Sent.Death("01-0001", "soon"));

        var steps = await ReconcileAsync(analytics);

        Assert.Equal([Kind.Unusable], steps.Where(step => step.Finding is not null).Select(step => step.Finding.Kind));
        Assert.Equal(1, steps.Single(step => step.Summary is not null && step.Service == "safety").Summary.MissingCount);
        Assert.Contains("death_date is not a date", await analytics.QueryAsync<string>("select reason from parked_messages"));
    }

    [Fact]
    public async Task A_service_that_is_away_does_not_keep_the_others_from_being_compared()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        platform.Capture.Saved.HasDigests = false;

        var steps = await ReconcileAsync(analytics);

        Assert.Equal(["enrolment", "assessment", "safety", "questionnaire"], steps.Where(step => step.Failure.Length > 0).Select(step => step.Service));
        var error = await Assert.ThrowsAsync<RpcException>(() => ReconcileAsync(analytics, "nobody"));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    private static async Task<List<ReconcileProgress>> ReconcileAsync(AnalyticsHost analytics, params string[] services)
    {
        using var call = analytics.Client.Reconcile(new() { Services = { services } }, analytics.Operator);
        var steps = new List<ReconcileProgress>();
        await foreach (var step in call.ResponseStream.ReadAllAsync())
        {
            steps.Add(step);
        }

        return steps;
    }
}
