using System.Diagnostics.Metrics;
using Equecel.ServiceDefaults;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Proof;

public sealed class JournalMetricsTests(TestPostgres postgres) : IClassFixture<TestPostgres>
{
    [Fact]
    public async Task What_cannot_be_measured_is_counted_and_stops_nothing()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using (await StartAsync(database))
        {
            // Makes the tables.
        }

        await AskAsync<int>(database, "alter function horizon_age() rename to horizon_age_of_old; select 1");
        var failures = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "equecel.relay.unpublished" or BackgroundFailure.Counter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags is [{ Key: "work", Value: "journal metrics" }])
            {
                Interlocked.Add(ref failures, (int)count);
            }
        });
        listener.Start();
        List<string> log = [];
        await using var service = await StartAsync(database, log: log);

        await Eventually.TrueAsync(() =>
        {
            lock (log)
            {
                return log.Exists(line => line.StartsWith("Warning The journal cannot be measured: 42883.", StringComparison.Ordinal));
            }
        });
        Assert.NotEqual(0, Volatile.Read(ref failures));
        Assert.NotNull((await service.SaveAsync(Entry())).Stored);
    }
}
