using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Equecel.Cli.Common;

/// <summary>Options that take an instant.</summary>
internal static class Instants
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    public static Option<DateTimeOffset?> Option(string name, string description) =>
        new(name) { Description = description, HelpName = "instant", CustomParser = Parse };

    private static DateTimeOffset? Parse(ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no instant. Give one such as 2026-03-01T00:00:00Z.");
        return null;
    }
}
