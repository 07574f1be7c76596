using System.Text;

namespace Equecel.Cli.Common;

/// <summary>What a command reads from and writes to, besides the platform and files.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output: results.</param>
/// <param name="Error">Standard error: progress, notes and failures.</param>
/// <param name="Variable">Reads an environment variable; null when it is not set.</param>
/// <param name="RichOutput">Whether standard output is a terminal that may be drawn on.</param>
/// <param name="RichError">Whether standard error is.</param>
internal sealed record Surroundings(
    Stream Input, TextWriter Output, TextWriter Error, Func<string, string?> Variable, bool RichOutput, bool RichError)
{
    /// <summary>The surroundings of this process. <c>NO_COLOR</c> and a dumb terminal make the output plain.</summary>
    public static Surroundings OfProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var rich = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Surroundings(
            Console.OpenStandardInput(), Console.Out, Console.Error, Environment.GetEnvironmentVariable,
            rich && !Console.IsOutputRedirected, rich && !Console.IsErrorRedirected);
    }

    /// <summary>Reads an environment variable that may be there; empty counts as not there.</summary>
    public string? Find(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
