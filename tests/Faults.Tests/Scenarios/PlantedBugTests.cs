using Equecel.Faults.Tests.PlantedBugs;

namespace Equecel.Faults.Tests.Scenarios;

/// <summary>An examiner that finds nothing has to be shown to look: it catches bugs that were planted for it.</summary>
public sealed class PlantedBugTests
{
    // Each takes as long as a platform takes to start. A few days of runs go through all; eng/faults --planted does at once.
    private const int BugsOfADay = 2;

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    public static TheoryData<string> BugsOfToday
    {
        get
        {
            var day = DateOnly.FromDateTime(DateTime.UtcNow).DayNumber;
            return [.. Enumerable.Range(0, BugsOfADay).Select(i => PlantedBug.All[((day * BugsOfADay) + i) % PlantedBug.All.Count].Name)];
        }
    }

    [Fact]
    public void At_least_ten_bugs_are_planted() => Assert.True(PlantedBug.All.Select(bug => bug.Patch).Distinct().Count(File.Exists) >= 10);

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task The_patch_of_each_bug_applies_to_the_sources_as_they_are(string name) =>
        Assert.Equal("", await PatchedProject.CheckAsync(PlantedBug.All.Single(bug => bug.Name == name).Patch));

    [Theory]
    [MemberData(nameof(BugsOfToday))]
    public async Task The_examiner_catches_a_planted_bug(string name)
    {
        var bug = PlantedBug.All.Single(bug => bug.Name == name);

        Assert.Contains(await bug.ExamineAsync(), bug.Tells);
    }
}
