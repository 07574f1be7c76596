using System.Diagnostics;

namespace Equecel.Faults.Tests.Running;

/// <summary>A part of the platform that runs as a process: it is started, and then killed, frozen, stopped and started again.</summary>
/// <param name="name">Its name.</param>
/// <param name="folder">The folder of the whole platform.</param>
internal abstract class Part(string name, string folder) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(45);

    private readonly SemaphoreSlim changing = new(1);
    private readonly StreamWriter log = new(new FileStream(Path.Combine(folder, $"{name}.log"), FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    private VictimProcess? process;
    private bool isToEnd;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The folder of the whole platform.</summary>
    public string Folder { get; } = folder;

    /// <summary>Its process id; null while it does not run.</summary>
    public int? Pid => process is { Exited.IsCompleted: false } running ? running.Id : null;

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Ends of its process that nobody caused.</summary>
    public List<string> OwnEnds { get; } = [];

    /// <summary>Starts it unless it runs, and waits until it answers.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public async Task StartAsync()
    {
        await changing.WaitAsync();
        try
        {
            var clock = Stopwatch.StartNew();
            while (Pid is null || !await AnswersAsync())
            {
                if (clock.Elapsed > Patience)
                {
                    throw new TimeoutException($"{Name} does not answer; see {Name}.log in {Folder}.");
                }

                if (Pid is null)
                {
                    await LaunchAsync();
                }

                await Task.Delay(50);
            }
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Kills it at this instant.</summary>
    /// <returns>Whether it ran.</returns>
    public bool Kill()
    {
        if (process is not { Exited.IsCompleted: false } running)
        {
            return false;
        }

        isToEnd = true;
        Kills++;
        running.Send(Signal.Kill);
        return true;
    }

    /// <summary>Says that it may end by itself from now on, until it is started again.</summary>
    public void MayEnd() => isToEnd = true;

    /// <summary>Freezes it.</summary>
    /// <returns>Whether it ran.</returns>
    public bool Freeze()
    {
        process?.Send(Signal.Stop);
        return Pid is not null;
    }

    /// <summary>Wakes it.</summary>
    public void Thaw() => process?.Send(Signal.Continue);

    /// <summary>Asks it to end, as an operator does, and waits until it has.</summary>
    /// <returns>Whether it ran.</returns>
    public async Task<bool> StopAsync()
    {
        if (process is not { Exited.IsCompleted: false } running)
        {
            return false;
        }

        isToEnd = true;
        running.Send(Signal.Continue);
        running.Send(StopSignal);
        try
        {
            await running.Exited.WaitAsync(Grace);
        }
        catch (TimeoutException)
        {
            OwnEnds.Add($"{Name} did not end within {Grace.TotalSeconds:0} s of being asked to");
            running.Send(Signal.Kill);
            await running.Exited;
        }

        return true;
    }

    /// <summary>Waits until a killed process is gone; not for one that another fault has started meanwhile.</summary>
    public Task GoneAsync() => (isToEnd ? process?.Exited : null) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        isToEnd = true;
        process?.Send(Signal.Kill);
        await GoneAsync();
        await log.DisposeAsync();
        changing.Dispose();
    }

    /// <summary>The signal that asks it to end.</summary>
    protected virtual Signal StopSignal => Signal.Terminate;

    /// <summary>Makes everything ready for a start.</summary>
    protected abstract Launch Prepare();

    /// <summary>Whether it does its work.</summary>
    protected abstract Task<bool> AnswersAsync();

    /// <summary>Gets each line that it writes.</summary>
    protected virtual void OnLine(string line)
    {
        lock (log)
        {
            if (log.BaseStream.CanWrite)
            {
                log.WriteLine(line);
            }
        }
    }

    /// <summary>Writes a line to its input.</summary>
    protected async Task WriteAsync(string line)
    {
        if (process is { Exited.IsCompleted: false } running)
        {
            await running.Input.WriteLineAsync(line);
            await running.Input.FlushAsync();
        }
    }

    private async Task LaunchAsync()
    {
        var launch = Prepare();
        isToEnd = false;
        var started = await VictimProcess.StartAsync(launch, OnLine);
        process = started;
        _ = started.Exited.ContinueWith(
            ended =>
            {
                // A start that is refused is tried again: the one before may not be gone yet.
                if (!isToEnd && process == started && changing.CurrentCount > 0)
                {
                    OwnEnds.Add($"{Name} ended by itself with exit code {ended.Result}; see {Name}.log in {Folder}");
                }
            },
            TaskScheduler.Default);
    }
}
