using System.Diagnostics;

namespace Equecel.EndToEnd.Tests.Running;

/// <summary>The program <c>equecel</c> as a process.</summary>
internal static class CommandLine
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="platform">The platform that it calls.</param>
    /// <param name="args">Its command line.</param>
    /// <returns>What it did.</returns>
    public static Task<CommandRun> RunAsync(Platform platform, params string[] args) =>
        RunAsync(platform, new Dictionary<string, string>(), args);

    /// <summary>Runs it to its end, with environment variables that differ.</summary>
    /// <inheritdoc cref="RunAsync(Platform, string[])"/>
    public static async Task<CommandRun> RunAsync(Platform platform, IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        using var process = Start(platform, variables, args);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it.</summary>
    public static Process Start(Platform platform, IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("src/Cli", "equecel.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EQUECEL_GATEWAY"] = platform.Gateway.ToString();
        start.Environment["EQUECEL_TOKEN_ADDRESS"] = platform.GatewayHttp.ToString();
        start.Environment["EQUECEL_SECRETS"] = platform.SecretsFile;
        start.Environment["EQUECEL_CLIENT"] = "study-team";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>What a command line did.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
