using System.CommandLine;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Cli.Results;

namespace Equecel.Cli.Curves;

/// <summary>The options that every curve has: whom it is about, in which groups, at which times, and who is behind a step of it.</summary>
internal sealed class CurveOptions
{
    private static readonly IReadOnlyDictionary<string, Grouping> Groupings = EnumNames.Of<Grouping>();
    private static readonly IReadOnlyDictionary<string, CurveStep.Types.Part> Parts = EnumNames.Of<CurveStep.Types.Part>();

    private readonly Option<string> by = new("--by") { Description = "Give a curve for each group as well, and the test between them." };
    private readonly Option<double> level = new("--level") { Description = "Confidence level, above 0 and below 1.", HelpName = "share", DefaultValueFactory = _ => 0.95 };
    private readonly Option<double[]> at;
    private readonly Option<int?> who = new("--who") { Description = "Instead of the curve, list the participants whose time ended on this day, and the records that each comes from.", HelpName = "day" };
    private readonly Option<string> part = new("--part") { Description = "With --who: list these participants only, or those at risk just before." };
    private readonly Option<string> group = new("--group") { Description = "With --who and --by: the group. Everybody when not given.", HelpName = "group", DefaultValueFactory = _ => "" };
    private readonly Option<bool> points = new("--points") { Description = "List every point of the curves as well." };

    /// <summary>Makes them.</summary>
    /// <param name="times">At which times to give what, and the times when none is given, as sentences.</param>
    /// <param name="parts">Who can be behind a step.</param>
    public CurveOptions(string times, params string[] parts)
    {
        at = new("--at") { Description = times, HelpName = "days", AllowMultipleArgumentsPerToken = true };
        by.AcceptOnlyFromAmong([.. Groupings.Keys]);
        part.AcceptOnlyFromAmong(parts);
    }

    /// <summary>Whom it is about, as of when, and up to when.</summary>
    public ScopeOptions Scope { get; } = new();

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in (System.CommandLine.Option[])[by, level, at, who, part, group, points])
        {
            command.Add(option);
        }

        Scope.AddTo(command);
    }

    /// <summary>The groups.</summary>
    /// <param name="parsed">The command line.</param>
    public Grouping By(ParseResult parsed) => parsed.GetValue(by) is { } name ? Groupings[name] : Grouping.Unspecified;

    /// <summary>The confidence level.</summary>
    /// <param name="parsed">The command line.</param>
    public double Level(ParseResult parsed) => parsed.GetValue(level);

    /// <summary>The times, in days; empty when the answer's own are to be taken.</summary>
    /// <param name="parsed">The command line.</param>
    public double[] At(ParseResult parsed) => parsed.GetValue(at) ?? [];

    /// <summary>Whether to list every point.</summary>
    /// <param name="parsed">The command line.</param>
    public bool Points(ParseResult parsed) => parsed.GetValue(points);

    /// <summary>The step of which the participants are asked for; null when the curve is. Its curve is still to be named.</summary>
    /// <param name="parsed">The command line.</param>
    public CurveStep? Step(ParseResult parsed) => parsed.GetValue(who) is { } day
        ? new CurveStep
        {
            Days = day,
            Group = parsed.GetValue(group),
            Part = parsed.GetValue(part) is { } name ? Parts[name] : CurveStep.Types.Part.Unspecified,
        }
        : null;

    /// <summary>Lists who is behind a step.</summary>
    /// <param name="analytics">Whom to ask.</param>
    /// <param name="step">The step.</param>
    /// <param name="terminal">Where to.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task ListAsync(AnalyticsService.AnalyticsServiceClient analytics, CurveStep step, Terminal terminal, CancellationToken cancellation)
    {
        var list = new ListCurveContributorsRequest { Step = step, PageSize = ContributorReport.PageSize };
        return ContributorReport.WriteAsync(terminal, async token =>
        {
            list.PageToken = token;
            return await analytics.ListCurveContributorsAsync(list, deadline: LongAnswer.Deadline, cancellationToken: cancellation);
        });
    }
}
