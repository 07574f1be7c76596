using System.CommandLine;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Common;

/// <summary>The options that say whom an answer of Analytics is about, as of when, and up to when.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<DateTimeOffset?> asOf = Instants.Option("--as-of", "Answer with what the platform knew at this instant, such as 2026-03-01T00:00:00Z; without an offset in UTC.");
    private readonly Option<DateOnly?> cutoff = new("--cutoff") { Description = "Use nothing that happened after this date, yyyy-MM-dd.", HelpName = "date" };
    private readonly Option<string[]> site = new("--site") { Description = "Only these sites, such as 01. All when not given.", HelpName = "code", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> origin = new("--origin") { Description = "Only participants whose data came from here." };

    /// <summary>Makes them.</summary>
    public ScopeOptions() => origin.AcceptOnlyFromAmong("prospective", "retrospective");

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in (System.CommandLine.Option[])[asOf, cutoff, site, origin])
        {
            command.Add(option);
        }
    }

    /// <summary>Whom it is about.</summary>
    /// <param name="parsed">The command line.</param>
    public Population Population(ParseResult parsed) => new()
    {
        Sites = { parsed.GetValue(site) ?? [] },
        Origin = parsed.GetValue(origin) switch
        {
            "prospective" => DataOrigin.Prospective,
            "retrospective" => DataOrigin.Retrospective,
            _ => DataOrigin.Unspecified,
        },
    };

    /// <summary>What the platform knew at this instant; null for now.</summary>
    /// <param name="parsed">The command line.</param>
    public Timestamp? AsOf(ParseResult parsed) => parsed.GetValue(asOf)?.ToTimestamp();

    /// <summary>The cut-off date on the wire; empty without one.</summary>
    /// <param name="parsed">The command line.</param>
    public string Cutoff(ParseResult parsed) => parsed.GetValue(cutoff)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
