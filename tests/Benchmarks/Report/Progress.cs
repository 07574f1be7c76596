using System.Diagnostics;

namespace Equecel.Benchmarks.Report;

/// <summary>Says on standard error what is being done, with the seconds since the start.</summary>
internal static class Progress
{
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    /// <summary>Says one line.</summary>
    public static void Say(string what) => Console.Error.WriteLine(FormattableString.Invariant($"[{Clock.Elapsed.TotalSeconds,6:0.0} s] {what}"));
}
