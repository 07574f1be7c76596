using System.Collections.Concurrent;
using Equecel.Records.Store;
using Equecel.ServiceDefaults;
using Grpc.Core;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Store;

public sealed class DatabaseRestartTests : IAsyncLifetime
{
    private TestPostgres postgres = null!;
    private CaptureService service = null!;

    public async Task InitializeAsync()
    {
        postgres = await TestPostgres.StartOwnAsync();
        service = await StartAsync(await postgres.CreateDatabaseAsync());
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task What_was_acknowledged_while_the_database_was_killed_is_there_once()
    {
        var acknowledged = new ConcurrentBag<string>();
        using var enough = new CancellationTokenSource();
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                acknowledged.Add(await SaveUntilAnsweredAsync(Entry()));
            }
        })));

        for (var kills = 0; kills < 3; kills++)
        {
            var before = acknowledged.Count;
            await Eventually.TrueAsync(() => acknowledged.Count > before + 50);
            await postgres.StopAsync();
            await postgres.StartAsync();
        }

        var last = acknowledged.Count;
        await Eventually.TrueAsync(() => acknowledged.Count > last + 50);
        await enough.CancelAsync();
        await writers;

        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        var rows = await service.FeedAsync(JournalCursor.Start, acknowledged.Count);
        Assert.Equal(acknowledged.Order(), rows.Select(row => row.Header.RecordId).Order());
        Assert.Equal((long)rows.Count, await service.AskAsync<long>("select count(*) from records join journal using (record_id, version, hash)"));
    }

    [Fact]
    public async Task A_service_that_starts_before_its_database_serves_once_it_is_there()
    {
        var database = await postgres.CreateDatabaseAsync();
        await postgres.StopAsync();
        var starting = StartAsync(database);
        await postgres.StartAsync();

        await using var late = await starting;
        Assert.NotNull((await late.SaveAsync(Entry())).Stored);
    }

    [Fact]
    public async Task Without_the_database_everything_says_when_to_come_again()
    {
        await service.SaveAsync(Entry());
        await postgres.StopAsync();

        await UnavailableAsync(() => service.SaveAsync(Entry()));
        await UnavailableAsync(() => service.Reader.FollowAsync(SiteScope.All, JournalCursor.Start, default));
        await UnavailableAsync(() => service.Reader.VersionsAsync(ServiceDefaults.SiteScope.All, Guid.NewGuid(), 0, 1, default));
        await UnavailableAsync(() => service.Journal.FindRequestsAsync([("site-01", Guid.NewGuid())], default));
        await postgres.StartAsync();
    }

    [Fact]
    public async Task Saves_that_wait_when_the_service_stops_are_answered()
    {
        var saves = Enumerable.Range(0, 2_000).Select(_ => service.SaveAsync(Entry())).ToList();
        await service.StopAsync();

        var answers = await Task.WhenAll(saves.Select(async save =>
        {
            try
            {
                return (await save).Stored!.Header.RecordId;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                return "";
            }
        }));
        Assert.Equal(answers.LongCount(answer => answer.Length > 0), await service.AskAsync<long>("select count(*) from journal"));
    }

    private static async Task UnavailableAsync(Func<Task> ask) =>
        Assert.Equal("Unavailable DEPENDENCY_DOWN", (await Assert.ThrowsAsync<RpcException>(ask)).Why());

    private async Task<string> SaveUntilAnsweredAsync(JournalEntry entry)
    {
        while (true)
        {
            try
            {
                return (await service.SaveAsync(entry)).Stored!.Header.RecordId;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                // The same request again, as the error says.
            }
        }
    }
}
