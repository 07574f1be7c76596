using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Store;

public sealed class JournalWriterTests(TestPostgres postgres) : IClassFixture<TestPostgres>
{
    [Fact]
    public async Task A_defect_fails_its_caller_and_the_next_ones_are_saved()
    {
        await using var service = await StartAsync(await postgres.CreateDatabaseAsync());

        // More of them than there are writers.
        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<NullReferenceException>(() => service.SaveAsync(null!).WaitAsync(TimeSpan.FromSeconds(30)));
        }

        Assert.NotNull((await service.SaveAsync(Entry()).WaitAsync(TimeSpan.FromSeconds(30))).Stored);
    }
}
