using System.CommandLine;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Survival;

/// <summary><c>equecel survival</c>: the study's survival and duration of response, as tables and a picture.</summary>
internal sealed class SurvivalCommand : PlatformCommand
{
    private readonly Option<string> endpoint = new("--endpoint") { Description = "The time: to death (os), to progression or death (pfs), or from response to progression or death (dor).", DefaultValueFactory = _ => "os" };
    private readonly Option<string> by = new("--by") { Description = "Give a curve for each group as well, and the log-rank test between them." };
    private readonly Option<string> interval = new("--interval") { Description = "Scale on which intervals are made.", DefaultValueFactory = _ => "log-log" };
    private readonly Option<double> level = new("--level") { Description = "Confidence level, above 0 and below 1.", HelpName = "share", DefaultValueFactory = _ => 0.95 };
    private readonly Option<double[]> at = new("--at") { Description = "Times at which to give the survival probability, in days. 6 and 12 months when not given.", HelpName = "days", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double[]> quantile = new("--quantile") { Description = "Quantiles to give, above 0 and below 1; 0.5 is the median. Quartiles when not given.", HelpName = "share", AllowMultipleArgumentsPerToken = true };
    private readonly ScopeOptions scope = new();
    private readonly Option<bool> points = new("--points") { Description = "List every point of the curves as well." };

    /// <summary>Makes the command.</summary>
    public SurvivalCommand(Surroundings surroundings)
        : base("survival", "Shows overall or progression-free survival, or the duration of response: counts, probabilities with intervals, quantiles, the curve.", surroundings, new CallerOptions(surroundings))
    {
        endpoint.AcceptOnlyFromAmong("os", "pfs", "dor");
        by.AcceptOnlyFromAmong("site", "provenance");
        interval.AcceptOnlyFromAmong("log-log", "log", "plain");
        foreach (var option in (System.CommandLine.Option[])[endpoint, by, interval, level, at, quantile, points])
        {
            Add(option);
        }

        scope.AddTo(this);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Overall survival now, by site", "equecel survival --by site --client study-team --secrets .data/secrets.json"),
        ("As the platform knew it on New Year's Day, at one and two years", "equecel survival --as-of 2026-01-01T00:00:00Z --at 365.25 730.5 --client study-team"),
        ("Progression-free survival at six months", "equecel survival --endpoint pfs --at 182.625 --client study-team --secrets .data/secrets.json"),
        ("How long responses last", "equecel survival --endpoint dor --client study-team --secrets .data/secrets.json"),
        ("For another program", "equecel survival --json --points --client study-team"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = Request(parsed);
        // The picture is drawn from the points, so a person's answer has them in any case.
        request.WithoutPoints = terminal.Json && !parsed.GetValue(points);

        var curve = await client.Analytics.GetSurvivalCurveAsync(request, cancellationToken: cancellationToken);
        if (terminal.Json)
        {
            terminal.SayJson(curve);
        }
        else
        {
            SurvivalReport.Write(terminal, curve, parsed.GetValue(points));
        }

        return ExitCode.Good;
    }

    private GetSurvivalCurveRequest Request(ParseResult parsed) => new()
    {
        Endpoint = parsed.GetValue(endpoint) switch
        {
            "pfs" => Endpoint.ProgressionFreeSurvival,
            "dor" => Endpoint.DurationOfResponse,
            _ => Endpoint.OverallSurvival,
        },
        Population = scope.Population(parsed),
        Grouping = parsed.GetValue(by) switch
        {
            "site" => Grouping.Site,
            "provenance" => Grouping.Provenance,
            _ => Grouping.Unspecified,
        },
        IntervalType = parsed.GetValue(interval) switch
        {
            "log" => IntervalType.Log,
            "plain" => IntervalType.Plain,
            _ => IntervalType.LogLog,
        },
        ConfidenceLevel = parsed.GetValue(level),
        AtDays = { parsed.GetValue(at) ?? [] },
        Quantiles = { parsed.GetValue(quantile) ?? [] },
        AsOfTime = scope.AsOf(parsed),
        DataCutoffDate = scope.Cutoff(parsed),
    };
}
