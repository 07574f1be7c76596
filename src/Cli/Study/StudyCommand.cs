using System.CommandLine;
using Equecel.Cli.Common;

namespace Equecel.Cli.Study;

/// <summary><c>equecel study</c>: twelve hospitals send a whole synthetic study, and its tables are shown.</summary>
internal sealed class StudyCommand : PlatformCommand
{
    private const string Study = "study-team";
    private const int Most = 1_000_000;

    private readonly Option<int> participants = new("--participants")
    {
        Description = "Number of participants, 1 to 1,000,000. One of the first so many is the same in a larger study.",
        HelpName = "number",
        DefaultValueFactory = _ => 120,
    };

    private readonly Option<long> seed = new("--seed")
    {
        Description = "What the study is made of; another seed makes another one, for a platform of its own.",
        HelpName = "number",
        DefaultValueFactory = _ => 2026,
    };

    private readonly Option<double> wait = new("--wait")
    {
        Description = "Seconds to wait for the study to show what was sent.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 60,
    };

    /// <summary>Makes the command.</summary>
    public StudyCommand(Surroundings surroundings)
        : base(
            "study",
            "Sends a whole synthetic study as twelve hospitals: every form of every service, with gaps, late entries, contradictions and corrections. "
                + "Shows its tables. No participant of it is a person. Sent again it changes nothing. Calls as site-11 to site-22 and study-team.",
            surroundings, new CallerOptions(surroundings, callsAsOneClient: false))
    {
        participants.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Most)
            {
                result.AddError("--participants takes 1 to 1000000.");
            }
        });
        Add(participants);
        Add(seed);
        Add(wait);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("The study with 120 participants", "equecel study --secrets .data/secrets.json"),
        ("A large one", "equecel study --participants 12000 --wait 600 --secrets .data/secrets.json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var team = Caller.CreateClient(parsed, Study);
        var study = new SyntheticStudy(parsed.GetValue(seed));
        var sent = await StudySending.SendAsync(
            terminal, study, parsed.GetValue(participants), site => Caller.CreateClient(parsed, site.Client), cancellationToken);
        if (!terminal.Json)
        {
            StudyReport.WriteSent(terminal, sent);
        }

        var infused = sent.Sum(site => site.Infused);
        var result = await StudyResult.AskAsync(team, infused, TimeSpan.FromSeconds(parsed.GetValue(wait)), cancellationToken);
        if (terminal.Json)
        {
            StudyReport.WriteJson(terminal, sent, result);
        }
        else
        {
            StudyReport.WriteResult(terminal, result);
        }

        var isRefused = sent.SelectMany(site => site.Counts.Values).Any(counts => counts.Refused > 0);
        return !isRefused && result.Infused >= infused ? ExitCode.Good : ExitCode.NotSo;
    }
}
