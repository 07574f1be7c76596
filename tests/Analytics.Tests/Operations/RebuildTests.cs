using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Operations;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Testing;
using Google.Protobuf;
using Grpc.Core;
using State = Equecel.Analytics.V1.RebuildProgress.Types.State;

namespace Equecel.Analytics.Tests.Operations;

[Collection(IngestionServers.Name)]
public sealed class RebuildTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task While_everything_is_built_anew_answers_and_messages_go_on_and_the_curve_is_the_same_after()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(Participants(300).ToList());
        await using var analytics = await platform.StartAnalyticsAsync();
        var before = await analytics.CurveOfAsync(900);
        await analytics.QueryAsync<string>("update record_versions set content = '\\x00' where kind = 'death'");

        var gate = new TaskCompletionSource();
        platform.Capture.Saved.BeforeChange = () => gate.Task;
        using var call = analytics.Client.Rebuild(new(), analytics.Operator);
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal((State.Reading, 900), (call.ResponseStream.Current.State, call.ResponseStream.Current.ExpectedCount));
        Assert.Equal(before.Strata, (await analytics.CurveAsync()).Strata);
        Assert.NotNull((await analytics.Client.GetIngestionStatusAsync(new(), analytics.Operator)).Rebuild);
        var late = Sent.Participation("02-0001");
        await platform.Broker.PublishAsync(late);
        await analytics.CurveOfAsync(901);
        gate.SetResult();

        var end = await EndAsync(call);
        Assert.Equal((State.Done, 900, 1, 0), (end.State, end.ReadCount, end.CarriedCount, end.DifferentCount));
        Assert.Equal(before.Strata, (await analytics.CurveOfAsync(901)).Strata);
        await platform.Broker.PublishAsync(Sent.Participation("02-0002"));
        await analytics.CurveOfAsync(902);
        Assert.Equal(902, (await analytics.QueryAsync<long>("select count(*) from record_versions")).Single());
        Assert.Empty(await analytics.QueryAsync<string>("select kind from record_versions where length(content) = 1"));
        Assert.Equal(300, (await analytics.QueryAsync<long>("select count(*) from before_rebuild.record_versions where length(content) = 1")).Single());
    }

    [Fact]
    public async Task What_the_services_have_lost_or_have_otherwise_is_kept_and_counted()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var saved = Participants(10).ToList();
        platform.Capture.Saved.Add(saved);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(30);
        platform.Capture.Saved.Remove(saved[2]);
        await analytics.QueryAsync<string>($"update record_versions set hash = sha256(hash) where record_id = '{Sent.HeaderOf(saved[0]).RecordId}'");
        var hash = await HashAsync(analytics, saved[0]);

        using var call = analytics.Client.Rebuild(new(), analytics.Operator);
        var end = await EndAsync(call);

        Assert.Equal((29, 1, 1), (end.ReadCount, end.CarriedCount, end.DifferentCount));
        Assert.Equal(10, (await analytics.CurveOfAsync(30)).Strata.Single().EventCount);
        Assert.Equal(hash, await HashAsync(analytics, saved[0]));
    }

    [Fact]
    public async Task What_is_redacted_after_a_rebuild_is_in_the_old_tables_no_more()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.HasDigests = false;
        var death = Sent.Death("01-0001", "2024-01-25");
        platform.Capture.Saved.Add(death, death.Next(record => record.Death.DeathDate = "2024-01-26"));
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(2);
        using var call = analytics.Client.Rebuild(new(), analytics.Operator);
        Assert.Equal(State.Done, (await EndAsync(call)).State);

        platform.Capture.Saved.Add(death.Redacted());
        analytics.CatchUp();

        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<long>("select count(*) from pg_namespace where nspname = 'before_rebuild'")) is [0]);
        Assert.Equal(2, (await analytics.QueryAsync<long>("select count(*) from record_versions")).Single());
    }

    [Fact]
    public async Task A_rebuild_that_a_stop_cut_off_goes_on_after_the_start()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.Add(Participants(600).ToList());
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await before.CurveOfAsync(1800);
            var (changes, never) = (0, new TaskCompletionSource());
            platform.Capture.Saved.BeforeChange = () => Interlocked.Increment(ref changes) > 1100 ? never.Task : Task.CompletedTask;
            using var call = before.Client.Rebuild(new(), before.Operator);
            await AnalyticsHost.UntilAsync(async () => await call.ResponseStream.MoveNext() && call.ResponseStream.Current.ReadCount >= 500);
            platform.Capture.Saved.BeforeChange = () => Task.CompletedTask;
        }

        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveOfAsync(1800);
        using var follow = analytics.Client.Rebuild(new() { FollowOnly = true }, analytics.Operator);
        var end = await EndAsync(follow);

        Assert.Equal((State.Done, 1800, 0), (end.State, end.ReadCount, end.CarriedCount));
        Assert.Equal(600, (await analytics.CurveOfAsync(1800)).Strata.Single().EventCount);
        Assert.Equal(1, (await analytics.QueryAsync<long>("select count(*) from rebuilds")).Single());
        Assert.Empty(await analytics.QueryAsync<string>("select nspname::text from pg_namespace where nspname = 'rebuild'"));
    }

    [Fact]
    public async Task What_is_carried_over_twice_is_counted_once_and_an_end_that_was_cut_off_comes_after_the_start()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var saved = Enumerable.Range(1, 1100).Select(IMessage (i) => Sent.Participation($"01-{i:0000}")).ToList();
        platform.Capture.Saved.Add(saved);
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await before.CurveOfAsync(1100);
        }

        await using var database = AnalyticsDatabase.Open(platform.Database);
        var tables = new RebuildTables(database);
        await ChangeAsync("create table late as select * from record_versions where participant = '01-0001'; update late set take_time = clock_timestamp()");
        await ChangeAsync("delete from record_versions where participant = '01-0001'");
        var rebuild = await tables.BeginAsync(1099, CancellationToken.None);
        await ChangeAsync("insert into rebuild.record_versions select * from public.record_versions where participant > '01-0300'");
        await ChangeAsync("insert into rebuild.feed_positions select * from public.feed_positions");
        await ChangeAsync("update rebuild.record_versions set take_time = take_time + interval '1 day'");
        await ChangeAsync("update rebuild.record_versions set hash = sha256(hash) where participant = '01-0700'");
        await tables.CarryAsync(rebuild.Id, await tables.CountAsync(CancellationToken.None), CancellationToken.None);
        var since = await tables.CarryAsync(rebuild.Id, await tables.CountAsync(CancellationToken.None), CancellationToken.None);
        await ChangeAsync("insert into public.record_versions select * from late");
        Assert.Equal(rebuild, await tables.BeginAsync(5, CancellationToken.None));
        await tables.SwapAsync(rebuild.Id, since);
        Assert.True((await tables.FindRunningAsync(CancellationToken.None))!.IsSwapped);
        await ChangeAsync("delete from cross_check_due");
        await tables.EndAsync(rebuild.Id, CancellationToken.None);

        var last = await tables.FindLastAsync(CancellationToken.None);
        Assert.Equal((State.Done, 1099, 800, 300, 1), (last!.State, last.ExpectedCount, last.ReadCount, last.CarriedCount, last.DifferentCount));
        Assert.Null(await tables.FindRunningAsync(CancellationToken.None));
        Assert.Equal(1100, await CountAsync("cross_check_due"));
        Assert.Equal(1100, await CountAsync("record_versions"));
        Assert.Equal(0, await CountAsync("(select record_id, version, take_time, hash from before_rebuild.record_versions except select record_id, version, take_time, hash from record_versions) as lost"));
        await ChangeAsync("update rebuilds set end_time = null");
        await using var analytics = await platform.StartAnalyticsAsync();
        await AnalyticsHost.UntilAsync(async () => await tables.FindRunningAsync(CancellationToken.None) is null);
        await analytics.CurveOfAsync(1100);

        async Task ChangeAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        async Task<long> CountAsync(string rows)
        {
            await using var command = database.CreateCommand($"select count(*) from {rows}");
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    private static async Task<byte[]> HashAsync(AnalyticsHost analytics, IMessage record) =>
        (await analytics.QueryAsync<byte[]>($"select hash from record_versions where record_id = '{Sent.HeaderOf(record).RecordId}'")).Single();

    private static async Task<RebuildProgress> EndAsync(AsyncServerStreamingCall<RebuildProgress> call)
    {
        var last = new RebuildProgress();
        await foreach (var progress in call.ResponseStream.ReadAllAsync())
        {
            last = progress;
        }

        return last;
    }

    /// <summary>Participants who were infused, seen and died: three records each.</summary>
    private static IEnumerable<IMessage> Participants(int count) => Enumerable.Range(1, count).SelectMany(IEnumerable<IMessage> (i) =>
    [
        Sent.Infusion($"01-{i:0000}", "2024-01-15"), Sent.FollowUp($"01-{i:0000}", "2024-03-01"), Sent.Death($"01-{i:0000}", "2024-03-02"),
    ]);
}
