using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>Linux signals to processes.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal to a process. One that is gone is left alone.</summary>
    public static void Send(int processId, int signal) => _ = KillCore(processId, signal);

    /// <summary>Sends a signal to a process and all that it started in its group.</summary>
    public static void SendToGroup(int processId, int signal) => _ = KillCore(-processId, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillCore(int processId, int signal);
}
