using Equecel.Faults.Tests.Rounds;

namespace Equecel.Faults.Tests.PlantedBugs;

/// <summary>Goes through the planted bugs, one after the other.</summary>
internal static class PlantedRun
{
    /// <summary>Goes through them.</summary>
    /// <param name="only">Only the bugs of these names, with commas between; null for all.</param>
    /// <param name="data">Where history and logs are kept of one that is not found.</param>
    /// <param name="cancellation">Ends after the one that is looked for.</param>
    /// <returns>0 when each was found, else 1; 2 when there is none of a name.</returns>
    public static async Task<int> RunAsync(string? only, string data, CancellationToken cancellation)
    {
        var names = only?.Split(',', StringSplitOptions.TrimEntries) ?? [.. PlantedBug.All.Select(bug => bug.Name)];
        if (names.FirstOrDefault(name => PlantedBug.All.All(bug => bug.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no planted bug '{unknown}'. There are: {string.Join(", ", PlantedBug.All.Select(bug => bug.Name))}.");
            return 2;
        }

        var missed = 0;
        foreach (var bug in PlantedBug.All.Where(bug => names.Contains(bug.Name)).TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            Progress.Say(bug.Name);
            var violations = await bug.ExamineAsync(Path.Combine(data, bug.Name));
            var found = violations.Where(bug.Tells).ToList();
            missed += found.Count == 0 ? 1 : 0;
            Console.WriteLine(found.Count > 0 ? $"found   {bug.Name}: {found[0]}" : $"MISSED  {bug.Name}: {violations.Count} violations, none of them with '{bug.Sign}'");
            foreach (var other in found.Count > 0 ? [] : violations.Take(10))
            {
                Console.WriteLine($"        {other}");
            }
        }

        return missed == 0 ? 0 : 1;
    }
}
