namespace Equecel.Cli.Common;

/// <summary>Ends the command with a sentence and an exit code.</summary>
internal sealed class CliException(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
