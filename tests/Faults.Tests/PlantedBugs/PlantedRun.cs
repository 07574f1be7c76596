using Equecel.Faults.Tests.Rounds;

namespace Equecel.Faults.Tests.PlantedBugs;

/// <summary>Goes through the planted bugs, one after the other.</summary>
internal static class PlantedRun
{
    /// <summary>Goes through them.</summary>
    /// <param name="only">Only the bug of this name; null for all.</param>
    /// <param name="cancellation">Ends after the one that is looked for.</param>
    /// <returns>0 when each was found, else 1.</returns>
    public static async Task<int> RunAsync(string? only, CancellationToken cancellation)
    {
        var missed = 0;
        foreach (var bug in PlantedBug.All.Where(bug => only is null || bug.Name == only).TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            Progress.Say(bug.Name);
            var violations = await bug.ExamineAsync();
            var found = violations.Where(violation => violation.Contains(bug.Sign, StringComparison.Ordinal)).ToList();
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
