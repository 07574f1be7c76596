namespace Aspire.Hosting.Running;

/// <summary>A command to run.</summary>
/// <param name="Program">Full path of the program, or its name on the PATH.</param>
/// <param name="Arguments">Its arguments; nothing secret, since every user of the machine sees them.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
internal sealed record Launch(string Program, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Variables beside the inherited ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>User to run as; null for this process's own.</summary>
    public string? User { get; init; }

    /// <summary>What the kernel sends the process when this host dies without stopping it, as <c>setpriv</c> names it.</summary>
    public string DeathSignal { get; init; } = "KILL";
}
