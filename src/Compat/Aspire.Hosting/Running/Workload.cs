namespace Aspire.Hosting.Running;

/// <summary>What it takes to run one resource.</summary>
internal abstract class Workload
{
    /// <summary>The signal that asks it to end properly.</summary>
    public virtual int StopSignal => Signals.Terminate;

    /// <summary>Makes everything ready for a start; called before each.</summary>
    /// <returns>The command.</returns>
    /// <exception cref="DistributedApplicationException">It cannot run on this machine, so that trying again is of no use.</exception>
    public abstract Task<Launch> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Asks whether the running process does its work.</summary>
    /// <returns>Null when it does, else what is wrong, in a few words without secrets.</returns>
    public virtual Task<string?> FindFaultAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>What the process warned of when it was last asked and did its work; null when of nothing.</summary>
    public string? Warning { get; protected set; }

    /// <summary>Ends what runs beside the process itself; called when that has ended for good.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;
}
