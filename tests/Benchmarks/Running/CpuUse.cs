namespace Equecel.Benchmarks.Running;

/// <summary>Processor time that the resources of the platform, and this program as its caller, used between beginnings and ends.</summary>
internal sealed class CpuUse(ResourceList resources)
{
    private readonly PlatformResource[] watched = [.. resources.Processes];
    private readonly Dictionary<string, double> used = [];
    private double ownUsed;

    /// <summary>Milliseconds of all resources.</summary>
    public double PlatformMilliseconds => 1000 * used.Values.Sum();

    /// <summary>Begins to count.</summary>
    public void Begin() => Count(sign: -1);

    /// <summary>Ends counting.</summary>
    public void End() => Count(sign: 1);

    /// <summary>Says what each used for one of so many calls.</summary>
    public string Text(long calls)
    {
        var parts = used.OrderByDescending(part => part.Value).Append(KeyValuePair.Create("the sender", ownUsed));
        return string.Join(", ", parts.Select(part => FormattableString.Invariant($"{part.Key} {1000 * part.Value / calls:0.00}")));
    }

    private void Count(int sign)
    {
        foreach (var resource in watched)
        {
            used[resource.Name] = used.GetValueOrDefault(resource.Name) + (sign * ProcessTree.CpuSeconds(resource.Pid!.Value));
        }

        ownUsed += sign * Environment.CpuUsage.TotalTime.TotalSeconds;
    }
}
