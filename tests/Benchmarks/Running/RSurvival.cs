using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Equecel.Benchmarks.Running;

/// <summary>R with its package survival, where a machine has them.</summary>
internal static class RSurvival
{
    /// <summary>The Debian package that brings both.</summary>
    public const string Package = "r-cran-survival";

    private const int LacksSurvival = 3;

    // Three lines for each size: milliseconds of the repetitions, times of the curve, its survival. R's clock for commands knows only milliseconds.
    private static readonly string Script = $$"""
        if (!requireNamespace("survival", quietly = TRUE)) quit(status = {{LacksSurvival}})
        library(survival)
        arguments <- commandArgs(trailingOnly = TRUE)
        file <- file(arguments[1], "rb")
        for (size in as.integer(arguments[-(1:2)])) {
          days <- as.numeric(readBin(file, "integer", size, size = 4, endian = "little"))
          events <- readBin(file, "integer", size, size = 4, endian = "little")
          subjects <- Surv(days, events)
          curve <- survfit(subjects ~ 1)
          milliseconds <- replicate(as.integer(arguments[2]), {
            start <- Sys.time()
            survfit(subjects ~ 1)
            1000 * as.numeric(difftime(Sys.time(), start, units = "secs"))
          })
          cat(sprintf("%.6f", milliseconds), "\n")
          cat(sprintf("%.17g", curve$time), "\n")
          cat(sprintf("%.17g", curve$surv), "\n")
        }
        """;

    /// <summary>Has R estimate the curves of cohorts: <c>survfit</c> with its defaults, without the time to read the arrays.</summary>
    /// <param name="cohorts">Days, and whether they ended in an event.</param>
    /// <param name="repetitions">How often each is measured, after once without.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>A curve for each cohort; null where R or its package is not installed.</returns>
    /// <exception cref="InvalidOperationException">R failed.</exception>
    public static async Task<IReadOnlyList<RCurve>?> FindCurvesAsync(
        IReadOnlyList<(int[] Days, bool[] Events)> cohorts, int repetitions, CancellationToken cancellation)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "Rscript")).FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        var arrays = Path.GetTempFileName();
        try
        {
            await WriteAsync(arrays, cohorts, cancellation);
            var start = new ProcessStartInfo(program, ["-e", Script, arrays, $"{repetitions}", .. cohorts.Select(cohort => $"{cohort.Days.Length}")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode switch
            {
                0 => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Chunk(3).Select(lines => new RCurve(Numbers(lines[0]), Numbers(lines[1]), Numbers(lines[2])))],
                LacksSurvival => null,
                _ => throw new InvalidOperationException($"R failed: {await error}"),
            };
        }
        finally
        {
            File.Delete(arrays);
        }
    }

    private static async Task WriteAsync(string file, IReadOnlyList<(int[] Days, bool[] Events)> cohorts, CancellationToken cancellation)
    {
        await using var output = File.Create(file);
        foreach (var (days, events) in cohorts)
        {
            await output.WriteAsync(MemoryMarshal.AsBytes(days.AsSpan()).ToArray(), cancellation);
            await output.WriteAsync(MemoryMarshal.AsBytes(Array.ConvertAll(events, isEvent => isEvent ? 1 : 0).AsSpan()).ToArray(), cancellation);
        }
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}

/// <summary>A curve as R estimates it.</summary>
/// <param name="Milliseconds">What each repetition took.</param>
/// <param name="Times">The distinct times, rising.</param>
/// <param name="Survival">The survival at each.</param>
internal sealed record RCurve(IReadOnlyList<double> Milliseconds, IReadOnlyList<double> Times, IReadOnlyList<double> Survival);
