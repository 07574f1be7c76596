using Equecel.Analytics.Tests.Support;
using Equecel.Testing;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(Servers.Name)]
public sealed class RedactionTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task What_its_service_took_away_is_taken_away_here_and_the_hash_stays()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var death = Sent.Death("01-0001", "2024-01-25");
        var amended = death.Next(record => record.Death.DeathDate = "2024-01-26").SavedAt(Sent.SaveTime.AddDays(1));
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), death, amended);
            await before.CurveOfAsync(3);

            platform.Capture.Saved.HasDigests = false;
            platform.Capture.Saved.Add(death.Redacted());
            before.CatchUp();
            await AnalyticsHost.UntilAsync(async () => (await before.QueryAsync<byte[]>(Content)) is [var content, _] && !Contains(content, "2024-01-25"));

            // Late, and as it was before: it does not come back.
            await platform.Broker.PublishAsync(death);
            await platform.Broker.PublishAsync(Sent.Participation("01-0001"));
            await before.CurveOfAsync(4);
        }

        await using var analytics = await platform.StartAnalyticsAsync();
        platform.Capture.Saved.HasDigests = true;
        Assert.Equal(12, Assert.Single((await analytics.CurveOfAsync(4)).Strata.Single().Points).Days);
        Assert.Equal(0, (await analytics.CurveAsync(request => request.AsOfTime = Sent.SaveTime.ToTimestamp())).Strata.Single().EventCount);
        Assert.False(Contains((await analytics.QueryAsync<byte[]>(Content))[0], "2024-01-25"));
        Assert.Equal(death.Header.Hash.ToByteArray(), (await analytics.QueryAsync<byte[]>("select hash from record_versions where kind = 'death' and version = 1")).Single());
        Assert.Empty(await analytics.QueryAsync<string>("select reason from parked_messages"));
    }

    private const string Content = "select content from record_versions where kind = 'death' order by version";

    private static bool Contains(byte[] content, string text) => content.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
}
