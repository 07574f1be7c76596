using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Equecel.Cli.Common;

/// <summary>Runs a parsed command line.</summary>
internal static class Invocation
{
    /// <summary>Parses and runs.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="args">The command line.</param>
    /// <param name="surroundings">Where it runs.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RootCommand root, string[] args, Surroundings surroundings)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
        {
            foreach (var error in parsed.Errors)
            {
                await surroundings.Error.WriteLineAsync($"equecel: {error.Message}");
            }

            await surroundings.Error.WriteLineAsync($"Try '{Name(parsed.CommandResult.Command, root)} --help'.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = surroundings.Output,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
        });
    }

    private static string Name(Command command, RootCommand root) => command == root ? "equecel" : $"equecel {command.Name}";

    /// <summary>The help of a command, with its examples.</summary>
    private sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        /// <inheritdoc/>
        public override bool ClearsParseErrors => true;

        /// <inheritdoc/>
        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is PlatformCommand { Examples: var examples })
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var (purpose, line) in examples)
                {
                    output.WriteLine($"  # {purpose}");
                    output.WriteLine($"  {line}");
                }

                output.WriteLine();
            }

            return exitCode;
        }
    }
}
