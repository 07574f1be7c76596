using System.Text;
using Equecel.Cli.Common;
using Equecel.Client.Tests.Peer;

namespace Equecel.Cli.Tests;

/// <summary>What a command line did.</summary>
internal sealed record CommandLineRun(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<CommandLineRun> RunAsync(TestPlatform platform, params string[] args) => RunAsync(platform, "", args);

    public static Task<CommandLineRun> RunAsync(TestPlatform platform, string input, string[] args) =>
        RunAsync(
            new Dictionary<string, string>
            {
                ["EQUECEL_GATEWAY"] = platform.GatewayAddress.ToString(),
                ["EQUECEL_TOKEN_ADDRESS"] = platform.TokenAddress.ToString(),
                ["EQUECEL_CLIENT"] = "study-team",
                ["EQUECEL_CLIENT_SECRET"] = "secret",
            },
            input, args);

    public static async Task<CommandLineRun> RunAsync(Dictionary<string, string> variables, string input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var surroundings = new Surroundings(stream, output, error, variables.GetValueOrDefault, RichOutput: false, RichError: false);
        var exitCode = await Program.RunAsync(args, surroundings);
        return new CommandLineRun(exitCode, output.ToString(), error.ToString());
    }
}
