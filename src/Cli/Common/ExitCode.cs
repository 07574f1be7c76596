namespace Equecel.Cli.Common;

/// <summary>What the program's exit codes mean.</summary>
internal static class ExitCode
{
    /// <summary>Done, and so.</summary>
    public const int Good = 0;

    /// <summary>The thing asked is not so: rows were refused, figures differ, a journal has faults, the platform refused.</summary>
    public const int NotSo = 1;

    /// <summary>The command line, or a file that it names, is not usable.</summary>
    public const int Usage = 2;

    /// <summary>The platform does not answer.</summary>
    public const int NotReachable = 3;

    /// <summary>The platform does not know the caller, or does not allow it this.</summary>
    public const int NotAllowed = 4;

    /// <summary>Stopped from outside, as shells have it for Ctrl-C.</summary>
    public const int Stopped = 130;

    /// <summary>The same for the help.</summary>
    public const string Meaning =
        "Exit codes: 0 done; 1 it is not so (rows refused, figures differ, faults found, request refused); 2 usage; 3 platform not reachable; 4 not allowed; 130 stopped.";
}
