using Equecel.EndToEnd.Tests.Running;
using Grpc.Core;
using Npgsql;

namespace Equecel.EndToEnd.Tests;

/// <summary>What is taken up again after an end: a feed, a database that is gone, the whole platform.</summary>
[Collection(SharedDisruptions.Name)]
public sealed class RecoveryTests(DisruptedPlatform disrupted)
{
    [Fact]
    public async Task A_watch_resumed_after_a_kill_tells_each_change_after_its_token_once_and_in_order()
    {
        var slice = Slice.Of(0);
        using var site = disrupted.Platform.Client("site-01");
        await site.ImportAsync(slice.Enrolment.Take(300).ToAsyncEnumerable()).CountAsync();

        var seen = new List<(string, int)>();
        var token = "";
        Func<Task> recovered;
        using (var watch = site.Enrolment.WatchRecords(new()))
        {
            for (var i = 0; i < 100 && await watch.ResponseStream.MoveNext(default); i++)
            {
                var change = watch.ResponseStream.Current;
                token = change.ResumeToken;
                seen.AddRange(Version(change));
            }

            recovered = await disrupted.Platform.KillAsync("enrolment");
            // What was on its way may still arrive; then the feed says that it is cut.
            var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                while (await watch.ResponseStream.MoveNext(default))
                {
                }
            });
            Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        }

        await recovered();
        await site.ImportAsync(slice.Enrolment.ToAsyncEnumerable()).CountAsync();
        seen.AddRange(await site.WatchEnrolmentAsync(token, untilCaughtUp: true).SelectMany(Version).ToListAsync());

        var all = await site.WatchEnrolmentAsync(untilCaughtUp: true).SelectMany(Version).ToListAsync();
        Assert.Equal(all, seen);
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public async Task Analytics_without_its_database_comes_back_with_the_same_curve()
    {
        await SomeRecordsAsync();
        var before = await disrupted.CurveAsync();

        await using var server = await ServerAsync();
        await ExecuteAsync(server, "drop database analyticsdb with (force)");
        await ExecuteAsync(server, "create database analyticsdb");
        // What was signed of the lost audit trail is put away, or its loss is told for ever.
        File.Delete(Path.Combine(disrupted.Platform.Folder, "checkpoints", "analytics.checkpoints"));
        await (await disrupted.Platform.KillAsync("analytics"))();

        await disrupted.JournalsAreWitnessedAsync();
        Assert.Equal(before, await disrupted.CurveAsync());
    }

    [Fact]
    public async Task Ctrl_C_leaves_nothing_behind_and_the_next_start_has_everything()
    {
        await SomeRecordsAsync();
        var curve = await disrupted.CurveAsync();
        var records = await disrupted.RecordsAsync();
        // The AppHost, PostgreSQL, RabbitMQ and its name server, Redis and five services at least.
        Assert.True(disrupted.Platform.Processes().Count >= 10);

        Assert.Equal(0, await disrupted.Platform.StopHostAsync());

        Assert.Empty(disrupted.Platform.Processes());
        Assert.False(File.Exists(Path.Combine(disrupted.Platform.Folder, "platform.json")));
        using (File.Open(Path.Combine(disrupted.Platform.Folder, "apphost.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            // Nobody holds it.
        }

        await disrupted.Platform.StartHostAsync();
        Assert.Equal(records, await disrupted.RecordsAsync());
        Assert.Equal(curve, await disrupted.CurveAsync());
        await disrupted.JournalsAreWitnessedAsync();
    }

    private static IEnumerable<(string RecordId, int Version)> Version(Enrolment.V1.EnrolmentRecordChange change)
    {
        if (change.Record is { Header: var header })
        {
            yield return (header.RecordId, header.Version);
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task SomeRecordsAsync()
    {
        var slice = Slice.Of(0);
        using var site = disrupted.Platform.Client("site-01");
        await site.ImportAsync(slice.Enrolment.ToAsyncEnumerable()).CountAsync();
        await site.ImportAsync(slice.Safety.ToAsyncEnumerable()).CountAsync();
        await disrupted.JournalsAreWitnessedAsync();
    }

    private async Task<NpgsqlDataSource> ServerAsync()
    {
        var secrets = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(disrupted.Platform.Folder, "secrets.json")))!;
        var address = await disrupted.Platform.AddressAsync("postgres", "tcp");
        return NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={address.Port};Username=postgres;Password={secrets["Parameters:postgres-password"]};Database=postgres;Pooling=false");
    }
}
