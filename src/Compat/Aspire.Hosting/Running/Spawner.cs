using System.Collections.Concurrent;
using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>Starts processes from one thread that lives as long as this process.</summary>
/// <remarks>The kernel sends the parent-death signal when the <em>thread</em> that started a child ends, and pool threads come and go.</remarks>
internal static class Spawner
{
    private static readonly BlockingCollection<Action> Work = [];

    static Spawner() => new Thread(() =>
    {
        foreach (var start in Work.GetConsumingEnumerable())
        {
            start();
        }
    })
    { IsBackground = true, Name = "spawner" }.Start();

    /// <summary>Starts a process.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }
}
