using Equecel.Enrolment.V1;
using Equecel.Records.Store;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Relaying;

public sealed class RelayTests(TestPostgres postgres, TestRabbitMq rabbit) : IClassFixture<TestPostgres>, IClassFixture<TestRabbitMq>
{
    [Fact]
    public async Task Every_row_is_published_once_as_the_feed_tells_it()
    {
        await using var queue = await TestQueue.BindAsync(await rabbit.CreateVirtualHostAsync());
        await using var service = await StartAsync(await postgres.CreateDatabaseAsync(), queue.Broker);
        var first = Entry();
        await service.SaveAsync(first);
        await service.SaveAsync(Entry(record: first.RecordId, version: 2, reason: "Typo"));
        await service.Writer.SaveAsync([.. Enumerable.Range(0, 300).Select(_ => Entry())]);

        var rows = await service.FeedAsync(JournalCursor.Start, 302);
        var told = await queue.TakeAsync(302);
        Assert.Equal(rows.Select(row => new EnrolmentRecordChange { Record = (EnrolmentRecord)service.Contract.Record(row) }), told.Select(one => one.Change));
        foreach (var message in told.Select(one => one.Message))
        {
            Assert.Equal("enrolment.follow_up", message.RoutingKey);
            Assert.Equal(
                ("equecel.enrolment.v1.EnrolmentRecordChanges", "application/x-protobuf", "enrolment", true),
                (message.BasicProperties.Type, message.BasicProperties.ContentType, message.BasicProperties.AppId, message.BasicProperties.Persistent));
            Assert.Empty(message.BasicProperties.Headers!.Keys.Except(["traceparent", "tracestate", "x-delivery-count", "x-dotnet-pub-seq-no"]));
        }
    }

    [Fact]
    public async Task A_message_tells_up_to_a_hundred_changes_of_one_kind()
    {
        await using var queue = await TestQueue.BindAsync(await rabbit.CreateVirtualHostAsync());
        await using var service = await StartAsync(await postgres.CreateDatabaseAsync(), queue.Broker);
        await service.Writer.SaveAsync([.. Enumerable.Range(0, 250).Select(_ => Entry())]);

        var messages = (await queue.TakeAsync(250)).GroupBy(one => one.Message, one => TestQueue.NameOf(one.Change.Record.Header)).ToList();
        Assert.Equal([100, 100, 50], messages.Select(message => message.Count()));
        Assert.Equal(
            [$"{messages[0].First()}+99", $"{messages[1].First()}+99", $"{messages[2].First()}+49"], messages.Select(message => message.Key.BasicProperties.MessageId));
    }

    [Fact]
    public async Task While_no_queue_takes_them_the_rows_wait()
    {
        var broker = await rabbit.CreateVirtualHostAsync();
        await using var service = await StartAsync(await postgres.CreateDatabaseAsync(), broker);
        await service.Writer.SaveAsync([.. Enumerable.Range(0, 10).Select(_ => Entry())]);
        await Eventually.GetAsync(() => service.Relay.CheckHealthAsync(new()), health => health.Description?.Contains("Publish", StringComparison.Ordinal) == true);
        Assert.Equal(HealthStatus.Degraded, (await service.Relay.CheckHealthAsync(new())).Status);

        await using var queue = await TestQueue.BindAsync(broker);
        Assert.Equal(10, (await queue.TakeAsync(10)).Count);
        await Eventually.GetAsync(() => service.Relay.CheckHealthAsync(new()), health => health.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task The_position_outlives_the_service()
    {
        await using var queue = await TestQueue.BindAsync(await rabbit.CreateVirtualHostAsync());
        var database = await postgres.CreateDatabaseAsync();
        await using (var service = await StartAsync(database, queue.Broker))
        {
            await service.Writer.SaveAsync([.. Enumerable.Range(0, 20).Select(_ => Entry())]);
            Assert.Equal(20, (await queue.TakeAsync(20)).Count);
            await Eventually.GetAsync(
                () => service.AskAsync<bool>("select exists (select from relay_positions where seq = (select max(seq) from journal))"), isThere => isThere);
        }

        await using var again = await StartAsync(database, queue.Broker);
        var next = Entry();
        await again.SaveAsync(next);
        Assert.Equal([$"{next.RecordId}/1"], await queue.TakeNamesAsync(1));
        Assert.Equal(1, again.Relay.PublishedCount);
    }

    [Fact]
    public async Task Of_two_relays_one_leads_and_the_other_follows_when_it_ends()
    {
        await using var queue = await TestQueue.BindAsync(await rabbit.CreateVirtualHostAsync());
        var database = await postgres.CreateDatabaseAsync();
        await using var leader = await StartAsync(database, queue.Broker);
        await leader.SaveAsync(Entry());
        await queue.TakeAsync(1);
        await using var other = await StartAsync(database, queue.Broker);
        for (var i = 0; i < 50; i++)
        {
            await (i % 2 == 0 ? leader : other).SaveAsync(Entry());
        }

        Assert.Equal(50, (await queue.TakeNamesAsync(50)).Distinct().Count());
        Assert.Equal((51, 0), (leader.Relay.PublishedCount, other.Relay.PublishedCount));

        await leader.StopAsync();
        await other.SaveAsync(Entry());
        await queue.TakeAsync(1);
        Assert.Equal(1, other.Relay.PublishedCount);
    }

    [Fact]
    public Task A_broker_that_is_killed_has_every_row_afterwards() =>
        OnOwnBrokerAsync(async (own, broker) =>
        {
            await using var service = await StartAsync(await postgres.CreateDatabaseAsync(), broker);
            await SaveAsync(service, 200);
            await own.StopAsync();
            await SaveAsync(service, 200);
            await own.StartAsync();
            await SaveAsync(service, 200);

            await using var queue = await TestQueue.BindAsync(broker);
            var rows = await service.FeedAsync(JournalCursor.Start, 600);
            var received = new HashSet<string>();
            await Eventually.GetAsync(
                async () =>
                {
                    received.UnionWith(await queue.TakeNamesAsync(0));
                    return received.Count;
                },
                count => count >= 600);
            Assert.Equal(rows.Select(row => $"{row.Header.RecordId}/1").Order(), received.Order());
        });

    [Fact]
    public Task Each_time_that_it_stops_publishing_is_logged_once() =>
        OnOwnBrokerAsync(async (own, broker) =>
        {
            List<string> log = [];
            await using var service = await StartAsync(await postgres.CreateDatabaseAsync(), broker, log: log);
            for (var times = 1; times <= 2; times++)
            {
                await SaveAsync(service, 20);
                await Eventually.TrueAsync(() => service.Relay.PublishedCount >= 20 * times);
                await own.StopAsync();
                await Eventually.TrueAsync(() => !service.Relay.Leads);
                await own.StartAsync();
                await Eventually.TrueAsync(() => service.Relay.Leads);
                lock (log)
                {
                    Assert.Equal(times, log.Count(line => line.Contains("The relay starts again after", StringComparison.Ordinal)));
                }
            }
        });

    [Fact]
    public async Task A_broker_that_refuses_the_login_is_told_as_an_error_and_tried_again()
    {
        var broker = await rabbit.CreateVirtualHostAsync();
        await using var queue = await TestQueue.BindAsync(broker);
        List<string> log = [];
        await using var service = await StartAsync(
            await postgres.CreateDatabaseAsync(), broker.Replace("guest:guest", "relay:hunter2", StringComparison.Ordinal), log: log);
        await service.SaveAsync(Entry());
        await Eventually.TrueAsync(() => Logged("Error The relay cannot publish: the broker refuses the user or the password in ConnectionStrings__messaging"));
        Assert.Equal(HealthStatus.Degraded, (await service.Relay.CheckHealthAsync(new())).Status);

        await rabbit.AddUserAsync(broker, "relay", "hunter2");
        Assert.Single(await queue.TakeAsync(1));
        Assert.False(Logged("hunter2"));

        bool Logged(string text)
        {
            lock (log)
            {
                return log.Exists(line => line.Contains(text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public Task A_broker_that_is_short_of_memory_is_told_as_that_and_has_every_row_afterwards() =>
        OnOwnBrokerAsync(async (own, broker) =>
        {
            List<string> log = [];
            await using var service = await StartAsync(await postgres.CreateDatabaseAsync(), broker, log: log);
            await SaveAsync(service, 20);
            await Eventually.TrueAsync(() => service.Relay.PublishedCount == 20);

            await own.AlarmAsync(isShortOfMemory: true);
            await SaveAsync(service, 20);
            await Eventually.GetAsync(
                () => service.Relay.CheckHealthAsync(new()),
                health => health is { Status: HealthStatus.Degraded, Description: "The broker takes no messages: low on memory. Saves go on." });
            lock (log)
            {
                Assert.Contains(log, line => line.Contains("The broker takes no messages: low on memory", StringComparison.Ordinal));
            }

            await own.AlarmAsync(isShortOfMemory: false);
            await Eventually.TrueAsync(() => service.Relay.PublishedCount >= 40);
            await Eventually.GetAsync(() => service.Relay.CheckHealthAsync(new()), health => health.Status == HealthStatus.Healthy);
        });

    // A broker that the test may break, with a queue that takes every row.
    private static async Task OnOwnBrokerAsync(Func<TestRabbitMq, string, Task> test)
    {
        var own = await TestRabbitMq.StartOwnAsync();
        try
        {
            var broker = await own.CreateVirtualHostAsync();
            await (await TestQueue.BindAsync(broker)).DisposeAsync();
            await test(own, broker);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static async Task SaveAsync(CaptureService service, int count)
    {
        for (var i = 0; i < count; i += 20)
        {
            await service.Writer.SaveAsync([.. Enumerable.Range(0, 20).Select(_ => Entry())]);
        }
    }
}
