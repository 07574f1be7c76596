using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Equecel.Testing.Running;

/// <summary>Has other programs collect their garbage: one that does nothing keeps what is dead, and looks as if it held it.</summary>
public static class Garbage
{
    // GCHeapCollect of the runtime's provider: the collection is made as the session begins.
    private static readonly EventPipeProvider Collection = new("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, 0x800000);

    /// <summary>Has all generations collected, unless it is no .NET program.</summary>
    /// <param name="pid">The process.</param>
    public static async Task CollectAsync(int pid)
    {
        if (!DiagnosticsClient.GetPublishedProcesses().Contains(pid))
        {
            return;
        }

        using var session = await new DiagnosticsClient(pid).StartEventPipeSessionAsync([Collection], requestRundown: false, circularBufferMB: 1, CancellationToken.None);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        await session.StopAsync(CancellationToken.None);
        await reading;
    }
}
