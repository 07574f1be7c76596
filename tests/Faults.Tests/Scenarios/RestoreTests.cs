using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Rounds;
using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Scenarios;

/// <summary>A restore to a point in time, tried rather than believed in.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task A_restore_to_an_instant_has_what_was_saved_until_then_and_nothing_later()
    {
        await using var era = await Era.BeginAsync(seed: 1);
        var platform = era.Platform;
        var archive = new PostgresArchive(platform.Postgres);
        var databases = new Databases(platform.Postgres);
        await archive.BeginAsync();
        var site = era.Load.Client("site-01", "01", platform.Gateway);
        var participant = Forms.Code("01", 1);
        var dice = new Random(1);

        var before = await SaveSomeAsync();
        await EverythingIsWitnessedAsync();
        await Task.Delay(50);
        var instant = DateTime.UtcNow;
        await Task.Delay(50);
        var after = await SaveSomeAsync();
        await EverythingIsWitnessedAsync();
        await archive.FinishAsync();

        foreach (var service in platform.Services)
        {
            await service.StopAsync();
        }

        await archive.RestoreAsync(instant);
        await platform.HealAsync();

        await EverythingIsWitnessedAsync();
        var journal = await databases.JournalsAsync();
        Assert.All(before, record => Assert.Single(journal, row => row.RecordId.ToString() == record));
        Assert.DoesNotContain(journal, row => after.Contains(row.RecordId.ToString()));
        Assert.All(journal, row => Assert.True(row.SaveTime <= instant));
        Assert.Empty(HashChain.Faults(journal));
        Assert.Empty(VersionChecks.Faults(journal, await databases.CurrentAsync(), Contents.FormOf));
        Assert.Empty(WitnessChecks.Faults(journal, await databases.WitnessAsync(), Contents.Read, Contents.HashOf));

        // The platform goes on from there.
        Assert.Equal(20, (await SaveSomeAsync()).Count);
        await EverythingIsWitnessedAsync();

        async Task<IReadOnlyList<string>> SaveSomeAsync()
        {
            var records = new List<string>();
            for (var i = 0; i < 20; i++)
            {
                records.Add((await site.SubmitAsync(Forms.FollowUp(participant, dice), Expectation.Saved)).RecordId);
            }

            return records;
        }

        Task EverythingIsWitnessedAsync() => Eventually.GetAsync(databases.CountAsync, count => count.Journals.Sum(journal => journal.Count) == count.Witness);
    }
}
