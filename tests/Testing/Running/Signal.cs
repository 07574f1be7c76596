using System.Diagnostics;

namespace Equecel.Testing.Running;

/// <summary>Sends signals as the program <c>kill</c> does.</summary>
public static class Signal
{
    /// <summary>Sends one.</summary>
    /// <param name="pid">To which process.</param>
    /// <param name="name">Such as <c>KILL</c>.</param>
    public static async Task SendAsync(int pid, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        await kill.WaitForExitAsync();
    }
}
