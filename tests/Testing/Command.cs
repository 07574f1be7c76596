using System.Diagnostics;

namespace Equecel.Testing;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <param name="command">The program and its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed; the message has what it wrote as errors.</exception>
    public static void Run(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The folder of this process may be closed to the user that the program runs as.
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} failed: {error.GetAwaiter().GetResult()}");
        }
    }
}
