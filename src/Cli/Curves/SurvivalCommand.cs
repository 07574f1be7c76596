using System.CommandLine;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Curves;

/// <summary><c>equecel survival</c>: the study's survival and duration of response, as tables and a picture.</summary>
internal sealed class SurvivalCommand : PlatformCommand
{
    private readonly Option<string> endpoint = new("--endpoint") { Description = "The time: to death (os), to progression or death (pfs), or from response to progression or death (dor).", DefaultValueFactory = _ => "os" };
    private readonly Option<string> interval = new("--interval") { Description = "Scale on which intervals are made.", DefaultValueFactory = _ => "log-log" };
    private readonly Option<double[]> quantile = new("--quantile") { Description = "Quantiles to give, above 0 and below 1; 0.5 is the median. Quartiles when not given.", HelpName = "share", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> newTherapy = new("--censor-at-new-therapy") { Description = "Of pfs and dor: new therapy before the event censors (sensitivity analysis S1)." };
    private readonly Option<bool> missed = new("--censor-after-missed-assessments") { Description = "Of pfs and dor: two or more missed assessments just before the event censor (sensitivity analysis S2)." };
    private readonly CurveOptions options = new("Times at which to give the survival probability, in days. 6 and 12 months when not given.", "at-risk", "event", "censored");

    /// <summary>Makes the command.</summary>
    public SurvivalCommand(Surroundings surroundings)
        : base("survival", "Shows overall or progression-free survival, or the duration of response: counts, probabilities with intervals, quantiles, the curve.", surroundings, new CallerOptions(surroundings))
    {
        endpoint.AcceptOnlyFromAmong("os", "pfs", "dor");
        interval.AcceptOnlyFromAmong("log-log", "log", "plain");
        foreach (var option in (System.CommandLine.Option[])[endpoint, interval, quantile, newTherapy, missed])
        {
            Add(option);
        }

        options.AddTo(this);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Overall survival now, by site", "equecel survival --by site --client study-team --secrets .data/secrets.json"),
        ("As the platform knew it on New Year's Day, at one and two years", "equecel survival --as-of 2026-01-01T00:00:00Z --at 365.25 730.5 --client study-team"),
        ("Progression-free survival at six months, high-risk cytogenetics apart", "equecel survival --endpoint pfs --at 182.625 --by high-risk --client study-team --secrets .data/secrets.json"),
        ("How long responses last", "equecel survival --endpoint dor --client study-team --secrets .data/secrets.json"),
        ("Who died or was censored on day 61, and from which records that is known", "equecel survival --who 61 --client study-team --secrets .data/secrets.json"),
        ("As of a snapshot", "equecel survival --as-of interim-1 --client study-team --secrets .data/secrets.json"),
        ("For another program", "equecel survival --json --points --client study-team"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = Request(parsed);
        if (options.Step(parsed) is { } step)
        {
            step.Survival = request;
            await CurveOptions.ListAsync(client.Analytics, step, terminal, cancellationToken);
            return ExitCode.Good;
        }

        // The picture is drawn from the points, so a person's answer has them in any case.
        request.WithoutPoints = terminal.Json && !options.Points(parsed);
        var curve = await client.Analytics.GetSurvivalCurveAsync(request, deadline: LongAnswer.Deadline, cancellationToken: cancellationToken);
        terminal.SayAnswer(curve, () => SurvivalReport.Write(terminal, curve, options.Points(parsed)));
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
        Population = options.Scope.Population(parsed),
        Grouping = options.By(parsed),
        IntervalType = parsed.GetValue(interval) switch
        {
            "log" => IntervalType.Log,
            "plain" => IntervalType.Plain,
            _ => IntervalType.LogLog,
        },
        ConfidenceLevel = options.Level(parsed),
        AtDays = { options.At(parsed) },
        Quantiles = { parsed.GetValue(quantile) ?? [] },
        CensorAtNewTherapy = parsed.GetValue(newTherapy),
        CensorAfterMissedAssessments = parsed.GetValue(missed),
        AsOfTime = options.Scope.AsOf(parsed).Time,
        Snapshot = options.Scope.AsOf(parsed).Snapshot,
        DataCutoffDate = options.Scope.Cutoff(parsed),
    };
}
