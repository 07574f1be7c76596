using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Faults;

/// <summary>What a fault works on.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Load">What uses it.</param>
/// <param name="Examination">Who looks at it afterwards, and has to know what was planted.</param>
/// <param name="Dice">Instants and victims.</param>
internal sealed record FaultContext(Platform Platform, Load Load, Examination Examination, Random Dice)
{
    /// <summary>A time between two bounds, in milliseconds.</summary>
    public TimeSpan Between(int least, int most) => TimeSpan.FromMilliseconds(Dice.Next(least, most + 1));

    /// <summary>One of several.</summary>
    public T OneOf<T>(IReadOnlyList<T> things) => things[Dice.Next(things.Count)];

    /// <summary>Starts a part that was killed, after a while.</summary>
    public async Task StartAgainAsync(Part part)
    {
        await part.GoneAsync();
        await Task.Delay(Between(0, 1500));
        await part.StartAsync();
    }
}

/// <summary>Something that goes wrong, and then is well again.</summary>
/// <param name="Name">What goes wrong.</param>
/// <param name="Kind">What it counts as in the summary.</param>
/// <param name="RunAsync">Lets it go wrong; ends when it is well again, and says whether it went wrong at all.</param>
internal sealed record Fault(string Name, string Kind, Func<FaultContext, Task<bool>> RunAsync)
{
    /// <summary>Why it cannot happen on this machine; null when it can.</summary>
    public string? Hindrance { get; init; }

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<Fault> All { get; } =
        [.. ProcessFaults.All, .. ServerFaults.All, .. LinkFaults.All, .. WireFaults.All, .. MessageFaults.All, .. CallerFaults.All, .. JournalFaults.All, .. BorderFaults.All];
}
