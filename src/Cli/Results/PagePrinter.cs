using System.Diagnostics;
using Equecel.Cli.Common;

namespace Equecel.Cli.Results;

/// <summary>Prints a page to a PDF with Chromium, without a window.</summary>
/// <param name="program">The browser.</param>
internal sealed class PagePrinter(string program)
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Finds a browser on the path.</summary>
    /// <param name="surroundings">Where the path is read.</param>
    /// <exception cref="CliException">There is none.</exception>
    public static PagePrinter Find(Surroundings surroundings) => Programs
        .SelectMany(name => (surroundings.Find("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists) is { } found
            ? new PagePrinter(found)
            : throw new CliException("A PDF is printed by Chromium, which is not on the path: install the Debian package chromium, or ask for a file that ends in .html.");

    /// <summary>Prints a page.</summary>
    /// <param name="page">Path of the page.</param>
    /// <param name="folder">A folder for the PDF and for what the browser keeps.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Path of the PDF.</returns>
    /// <exception cref="CliException">The browser made none.</exception>
    public async Task<string> PrintAsync(string page, string folder, CancellationToken cancellationToken)
    {
        var pdf = Path.Combine(folder, "report.pdf");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
        [
            // Its sandbox does not run for root.
            "--headless", "--disable-gpu", "--no-first-run", .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],
            $"--user-data-dir={Path.Combine(folder, "browser")}", "--no-pdf-header-footer", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var browser = Process.Start(start)!;
        try
        {
            var told = browser.StandardError.ReadToEndAsync(cancellationToken);
            await browser.StandardOutput.ReadToEndAsync(cancellationToken);
            await browser.WaitForExitAsync(cancellationToken);
            return File.Exists(pdf) ? pdf : throw new CliException($"{program} printed no PDF: {(await told).Trim()}", ExitCode.NotSo);
        }
        finally
        {
            if (!browser.HasExited)
            {
                browser.Kill(entireProcessTree: true);
            }
        }
    }
}
