using System.CommandLine;
using Grpc.Core;

namespace Equecel.Cli.Common;

/// <summary>A command that asks something of the platform, or does something to it.</summary>
internal abstract class PlatformCommand : Command
{
    private readonly Surroundings surroundings;
    private readonly Option<bool> json = new("--json") { Description = "Write machine-readable JSON to standard output." };

    private readonly CallerOptions? caller;

    /// <summary>Makes the command with the options that all commands have.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="surroundings">Where it runs.</param>
    /// <param name="caller">Who calls the platform; null when it works on the platform's folder instead.</param>
    protected PlatformCommand(string name, string description, Surroundings surroundings, CallerOptions? caller = null)
        : base(name, description)
    {
        this.surroundings = surroundings;
        this.caller = caller;
        Add(json);
        caller?.AddTo(this);
        SetAction(RunAsync);
    }

    /// <summary>How it is used: what for, and the line.</summary>
    public abstract IReadOnlyList<(string Purpose, string Line)> Examples { get; }

    /// <summary>Where the platform is and who calls.</summary>
    protected CallerOptions Caller => caller ?? throw new InvalidOperationException($"{Name} does not call the platform.");

    /// <summary>What is said when it is stopped from outside.</summary>
    protected virtual string WhenStopped => "Stopped. What had its verdict is saved; the same command goes on where it was.";

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(parsed, new Terminal(surroundings, parsed.GetValue(json)), cancellationToken);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            await surroundings.Error.WriteLineAsync($"equecel: {WhenStopped}");
            return ExitCode.Stopped;
        }
#pragma warning disable CA1031 // The last handler of the program: a person reads a sentence, not a stack.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var failure = Failure.Explain(e, caller is null ? null : parsed.GetValue(caller.Gateway));
            foreach (var line in failure.Lines)
            {
                await surroundings.Error.WriteLineAsync($"equecel: {line}");
            }

            if (surroundings.Find("EQUECEL_TRACE") is not null)
            {
                await surroundings.Error.WriteLineAsync(e.ToString());
            }

            return failure.ExitCode;
        }
    }
}
