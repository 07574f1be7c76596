using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Common;

/// <summary>A moment of the data, as people name it: an instant, which begins with a digit, or the label of a snapshot, which begins with a letter.</summary>
/// <param name="Time">The instant; null for none.</param>
/// <param name="Snapshot">The label; empty for none.</param>
internal sealed record Moment(Timestamp? Time, string Snapshot)
{
    /// <summary>No moment was named: now.</summary>
    public static readonly Moment Now = new(null, "");

    /// <summary>The option <c>--as-of</c>.</summary>
    public static Option<Moment> AsOf() => new("--as-of")
    {
        Description = "Answer with what the platform knew at this instant, such as 2026-03-01T00:00:00Z (without an offset in UTC), or at that of a snapshot, by its label.",
        HelpName = "instant|label",
        DefaultValueFactory = _ => Now,
        CustomParser = Parse,
    };

    /// <summary>Reads one.</summary>
    /// <param name="text">As it was typed.</param>
    /// <returns>Null when it is neither.</returns>
    public static Moment? Find(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) ? new Moment(null, text)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? new Moment(instant.ToTimestamp(), "")
        : null;

    /// <summary>Reads an argument or the value of an option.</summary>
    /// <param name="result">What was typed.</param>
    public static Moment? Parse(ArgumentResult result)
    {
        var moment = Find(result.Tokens[0].Value);
        if (moment is null)
        {
            result.AddError($"'{result.Tokens[0].Value}' is neither an instant such as 2026-03-01T00:00:00Z nor the label of a snapshot, which begins with a letter.");
        }

        return moment;
    }

    /// <summary>As the help shows it.</summary>
    public override string ToString() => this == Now ? "now" : Time?.ToString() ?? Snapshot;
}
