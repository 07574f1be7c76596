using Equecel.Faults.Tests.Wire;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Networks that are cut, flap, stall or are slow.</summary>
internal static class LinkFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("a link is cut", "link", context => OnAsync(context, async link =>
        {
            link.Cut();
            await Task.Delay(context.Between(200, 6000));
        })),
        new("a link flaps", "link", context => OnAsync(context, async link =>
        {
            for (var i = 0; i < 10; i++)
            {
                link.Break();
                await Task.Delay(context.Between(20, 400));
            }
        })),
        new("nothing passes on a link", "link", context => OnAsync(context, async link =>
        {
            link.Stall();
            await Task.Delay(context.Between(500, 13_000));
        })),
        new("a link is slow", "link", context => OnAsync(context, async link =>
        {
            link.Delay = context.Between(5, 150);
            await Task.Delay(context.Between(1000, 6000));
        })),
        new("all links are cut", "link", CutAllAsync),
    ];

    private static async Task<bool> OnAsync(FaultContext context, Func<Link, Task> act)
    {
        Link[] links = [.. context.Platform.Links.OrderBy(link => link.Name, StringComparer.Ordinal)];
        context.Dice.Shuffle(links);
        // On a link that nobody uses nothing can go wrong.
        var link = Array.Find(links, link => link.OpenCount > 0);
        if (link is null)
        {
            return false;
        }

        context.Load.History.Note($"link {link.Name}");
        await act(link);
        link.Mend();
        return true;
    }

    private static async Task<bool> CutAllAsync(FaultContext context)
    {
        var used = context.Platform.Links.Any(link => link.OpenCount > 0);
        foreach (var link in context.Platform.Links)
        {
            link.Cut();
        }

        await Task.Delay(context.Between(200, 3000));
        foreach (var link in context.Platform.Links)
        {
            link.Mend();
        }

        return used;
    }
}
