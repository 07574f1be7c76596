using System.CommandLine;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Curves;

/// <summary><c>equecel incidence</c>: when responses come, where progression, death or new therapy may come first; as tables and a picture.</summary>
internal sealed class IncidenceCommand : PlatformCommand
{
    private readonly Option<string> endpoint = new("--endpoint") { Description = "The event: partial response or better (response), or complete response or better (complete-response).", DefaultValueFactory = _ => "response" };
    private readonly Option<string> response = new("--response") { Description = "Whether a response counts as recorded or when confirmed.", DefaultValueFactory = _ => "as-assessed" };
    private readonly CurveOptions options = new(
        "Times at which to give the incidence, in days. 1, 3 and 6 months when not given.", "at-risk", "event", "competing-event", "censored");

    /// <summary>Makes the command.</summary>
    public IncidenceCommand(Surroundings surroundings)
        : base("incidence", "Shows the cumulative incidence of response or of complete response: counts, probabilities with intervals, the curve.", surroundings, new CallerOptions(surroundings))
    {
        endpoint.AcceptOnlyFromAmong("response", "complete-response");
        response.AcceptOnlyFromAmong("as-assessed", "confirmed");
        Add(endpoint);
        Add(response);
        options.AddTo(this);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Response by one, three and six months", "equecel incidence --client study-team --secrets .data/secrets.json"),
        ("Complete response, confirmed, by disease outside the marrow", "equecel incidence --endpoint complete-response --response confirmed --by extramedullary --client study-team --secrets .data/secrets.json"),
        ("Who responded on day 29, and from which records that is known", "equecel incidence --who 29 --part event --client study-team --secrets .data/secrets.json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = Request(parsed);
        if (options.Step(parsed) is { } step)
        {
            step.Incidence = request;
            await CurveOptions.ListAsync(client.Analytics, step, terminal, cancellationToken);
            return ExitCode.Good;
        }

        request.WithoutPoints = terminal.Json && !options.Points(parsed);
        var curve = await client.Analytics.GetIncidenceCurveAsync(request, deadline: LongAnswer.Deadline, cancellationToken: cancellationToken);
        terminal.SayAnswer(curve, () => IncidenceReport.Write(terminal, curve, options.Points(parsed)));
        return ExitCode.Good;
    }

    private GetIncidenceCurveRequest Request(ParseResult parsed) => new()
    {
        Endpoint = parsed.GetValue(endpoint) == "response" ? IncidenceEndpoint.Response : IncidenceEndpoint.CompleteResponse,
        Population = options.Scope.Population(parsed),
        Grouping = options.By(parsed),
        ResponseBasis = parsed.GetValue(response) == "confirmed" ? ResponseBasis.Confirmed : ResponseBasis.AsAssessed,
        ConfidenceLevel = options.Level(parsed),
        AtDays = { options.At(parsed) },
        AsOfTime = options.Scope.AsOf(parsed).Time,
        Snapshot = options.Scope.AsOf(parsed).Snapshot,
        DataCutoffDate = options.Scope.Cutoff(parsed),
    };
}
