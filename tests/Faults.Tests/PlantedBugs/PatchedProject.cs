using System.Diagnostics;
using System.Text.Json;
using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.PlantedBugs;

/// <summary>
/// Applies a patch to a copy of one project's sources, and compiles the copy exactly as the project itself is compiled: by the
/// command that its build would give to the compiler. What the project refers to is taken as it was built.
/// </summary>
internal static class PatchedProject
{
    private static readonly Dictionary<string, (IReadOnlyList<string> Arguments, string Compiler)> Commands = [];

    /// <summary>Makes a patched build of a project.</summary>
    /// <param name="project">Name of the project.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="folder">A folder of its own for copy and output.</param>
    /// <returns>The assembly.</returns>
    public static async Task<string> BuildAsync(string project, string patch, string folder)
    {
        var copy = Path.Combine(folder, "src", project);
        Copy(Path.Combine(Repository.Root, "src", project), copy);
        // Outside of a repository git applies to the current folder.
        await RunAsync(folder, "git", "apply", "-p1", patch);

        var (arguments, compiler) = await CommandAsync(project);
        var assembly = Path.Combine(folder, $"Equecel.{project}.dll");
        var response = Path.Combine(folder, "compile.rsp");
        await File.WriteAllLinesAsync(response, [.. arguments.Select(argument => Redirected(argument, project)).OfType<string>(), $"/out:\"{assembly}\"", "/skipanalyzers+", "/warnaserror-"]);
        await RunAsync(copy, "dotnet", "exec", compiler, "/noconfig", $"@{response}");
        return assembly;
    }

    /// <summary>Whether a patch applies to the sources as they are.</summary>
    /// <returns>What is wrong; empty when it does.</returns>
    public static async Task<string> CheckAsync(string patch)
    {
        try
        {
            await RunAsync(Repository.Root, "git", "apply", "--check", patch);
            return "";
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static async Task<(IReadOnlyList<string> Arguments, string Compiler)> CommandAsync(string project)
    {
        if (Commands.TryGetValue(project, out var known))
        {
            return known;
        }

        var answer = await RunAsync(
            Repository.Root, "dotnet", "msbuild", Path.Combine("src", project, $"{project}.csproj"), $"-p:Configuration={Repository.Configuration}", $"-p:FeedProfile={Repository.FeedProfile}",
            "-t:PrepareResources;Compile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false",
            // Else nothing is done for what is up to date.
            "-p:NonExistentFile=none/none", "-getItem:CscCommandLineArgs", "-getProperty:RoslynTargetsPath", "-nologo");
        using var json = JsonDocument.Parse(answer);
        var arguments = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToList();
        var roslyn = json.RootElement.GetProperty("Properties").GetProperty("RoslynTargetsPath").GetString()!;
        return Commands[project] = (arguments, Path.GetFullPath(Path.Combine(roslyn, "bincore", "csc.dll")));
    }

    /// <summary>Leaves out what is written beside the assembly, and finds what the original's build has made.</summary>
    private static string? Redirected(string argument, string project)
    {
        string[] dropped = ["/noconfig", "/out:", "/refout:", "/doc:", "/embed:", "/pdb:", "/sourcelink:", "/warnaserror"];
        var original = Path.Combine(Repository.Root, "src", project);
        return Array.Exists(dropped, prefix => argument.StartsWith(prefix, StringComparison.Ordinal)) ? null
            : argument.StartsWith("/analyzerconfig:obj/", StringComparison.Ordinal) ? $"/analyzerconfig:\"{Path.Combine(original, argument["/analyzerconfig:".Length..])}\""
            : argument.TrimStart('"').StartsWith("obj/", StringComparison.Ordinal) ? $"\"{Path.Combine(original, argument.Trim('"'))}\""
            : argument;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A test host's own settings are not the compiler's business.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{output}\n{await error}");
    }
}
