using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Common.V1;

namespace Equecel.Cli.Common;

/// <summary>The options that say whom an answer of Analytics is about, as of when, and up to when.</summary>
internal sealed class ScopeOptions
{
    private static readonly IReadOnlyDictionary<string, Grouping> Groupings = EnumNames.Of<Grouping>();

    private readonly Option<Moment> asOf = Moment.AsOf();
    private readonly Option<DateOnly?> cutoff = new("--cutoff") { Description = "Use nothing that happened after this date, yyyy-MM-dd.", HelpName = "date" };
    private readonly Option<string[]> site = new("--site") { Description = "Only these sites, such as 01. All when not given.", HelpName = "code", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> origin = new("--origin") { Description = "Only participants whose data came from here." };
    private readonly Option<Subgroup[]> subgroup;

    /// <summary>Makes them.</summary>
    public ScopeOptions()
    {
        origin.AcceptOnlyFromAmong("prospective", "retrospective");
        subgroup = new("--subgroup")
        {
            Description = $"Only participants who are in these groups, such as sex=FEMALE or age=FROM_65. What splits them: {string.Join(", ", Groupings.Where(one => one.Value is not (Grouping.Site or Grouping.Provenance)).Select(one => one.Key))}.",
            HelpName = "grouping=group",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = Parse,
        };
    }

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in (System.CommandLine.Option[])[asOf, cutoff, site, origin, subgroup])
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
        Subgroups = { parsed.GetValue(subgroup) ?? [] },
    };

    /// <summary>What the platform knew at this moment.</summary>
    /// <param name="parsed">The command line.</param>
    public Moment AsOf(ParseResult parsed) => parsed.GetValue(asOf)!;

    /// <summary>The cut-off date on the wire; empty without one.</summary>
    /// <param name="parsed">The command line.</param>
    public string Cutoff(ParseResult parsed) => parsed.GetValue(cutoff)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static Subgroup[]? Parse(ArgumentResult result)
    {
        var subgroups = new List<Subgroup>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            if (text.Split('=') is not [var name, var key] || !Groupings.TryGetValue(name, out var grouping))
            {
                result.AddError($"'{text}' names no group. Write what splits participants, and the group: sex=FEMALE.");
                return null;
            }

            subgroups.Add(new Subgroup { Grouping = grouping, Key = key.ToUpperInvariant() });
        }

        return [.. subgroups];
    }
}
