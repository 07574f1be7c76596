using System.Runtime.InteropServices;

namespace Equecel.Faults.Tests.Running;

/// <summary>A Linux signal.</summary>
internal enum Signal
{
    /// <summary>Ends sessions and then the program, in PostgreSQL.</summary>
    Interrupt = 2,

    /// <summary>Ends at once, without a chance to tidy up.</summary>
    Kill = 9,

    /// <summary>Asks to end.</summary>
    Terminate = 15,

    /// <summary>Wakes what was frozen.</summary>
    Continue = 18,

    /// <summary>Freezes.</summary>
    Stop = 19,
}

/// <summary>Sends signals at once: a shell command would come some milliseconds too late.</summary>
internal static partial class Signals
{
    /// <summary>Sends one. A process that is gone is left alone.</summary>
    public static void Send(int processId, Signal signal) => _ = KillCore(processId, (int)signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillCore(int processId, int signal);
}
