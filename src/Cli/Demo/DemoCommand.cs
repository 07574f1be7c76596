using System.CommandLine;
using Equecel.Cli.Common;

namespace Equecel.Cli.Demo;

/// <summary><c>equecel demo</c>: two hospitals send their archives, and the study's overall survival comes out equal to R's.</summary>
internal sealed class DemoCommand : PlatformCommand
{
    private const string Study = "study-team";

    private readonly Option<DirectoryInfo> archive = new("--archive")
    {
        Description = "Folder with input.csv and R's expected.json. The archive that comes with the program when not given: 3,882 patients of the Mayo Clinic.",
        HelpName = "folder",
    };

    private readonly Option<bool> onceCheck = new("--once-check") { Description = "Send nothing and ask once: compare what the study shows now." };

    private readonly Option<bool> rows = new("--rows") { Description = "Write what became of every row." };

    private readonly Option<double> wait = new("--wait")
    {
        Description = "Seconds to wait for the study to show what was sent.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 60,
    };

    /// <summary>Makes the command.</summary>
    public DemoCommand(Surroundings surroundings)
        : base(
            "demo",
            "Sends a real archive as two hospitals, each with its own credentials, and compares the study's overall survival with R's. "
                + "Sent again it changes nothing. Calls as site-01, site-02 and study-team.",
            surroundings, new CallerOptions(surroundings, callsAsOneClient: false))
    {
        Add(archive);
        Add(onceCheck);
        Add(rows);
        Add(wait);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("The main job", "equecel demo --secrets .data/secrets.json"),
        ("Once more, with what became of every row", "equecel demo --rows --secrets .data/secrets.json"),
        ("Only compare", "equecel demo --once-check --json --secrets .data/secrets.json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var data = Archive.Read(parsed.GetValue(archive)?.FullName ?? Archive.StandardFolder);
        using var study = Caller.CreateClient(parsed, Study);

        var checkOnly = parsed.GetValue(onceCheck);
        var sent = checkOnly
            ? []
            : await ArchiveSending.SendAsync(terminal, data, site => Caller.CreateClient(parsed, site.Client), cancellationToken);
        if (!terminal.Json)
        {
            DemoReport.WriteSent(terminal, sent, parsed.GetValue(rows));
        }

        var patience = checkOnly ? TimeSpan.Zero : TimeSpan.FromSeconds(parsed.GetValue(wait));
        var (curve, figures) = await StudyCheck.AskAsync(study, data.Expected, patience, cancellationToken);
        if (terminal.Json)
        {
            DemoReport.WriteJson(terminal, sent, curve, figures, parsed.GetValue(rows));
        }
        else
        {
            DemoReport.WriteResult(terminal, curve, figures);
        }

        return figures.All(figure => figure.IsEqual) && sent.All(work => work.Counts.Refused == 0) ? ExitCode.Good : ExitCode.NotSo;
    }
}
