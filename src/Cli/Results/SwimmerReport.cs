using Equecel.Analytics.V1;
using Equecel.Assessment.V1;
using Equecel.Cli.Common;
using Equecel.Common.V1;

namespace Equecel.Cli.Results;

/// <summary>Lanes of a swimmer plot for a person: a line for each participant as it comes, then how they were made.</summary>
internal static class SwimmerReport
{
    private const int DaysOfMark = 14;

    /// <summary>What stands over the lines.</summary>
    public static string Heading { get; } = Columns("Participant", "Data", "Best", "Last day", $"A mark for {DaysOfMark} days: C (s)CR, V VGPR, P PR, m MR, - SD, x PD, . not known; n new therapy, 2 second infusion, X progression, D death, > alive");

    /// <summary>A lane as one line.</summary>
    /// <param name="lane">The lane.</param>
    public static string Line(SwimmerLane lane) => Columns(
        lane.Participant,
        lane.Origin == DataOrigin.Prospective ? "pro" : "retro",
        lane.HasBestResponseDay ? $"{Short(lane.BestResponse)}, day {lane.BestResponseDay}" : Short(lane.BestResponse),
        $"{lane.LastDay} {(lane.End == SwimmerLane.Types.End.Death ? "died" : "alive")}",
        Bar(lane));

    /// <summary>Writes how they were made.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="summary">What to say.</param>
    public static void Write(Terminal terminal, SwimmerSummary summary)
    {
        var cutoff = summary.DataCutoffDate.Length == 0 ? "" : $", cut off at {summary.DataCutoffDate}";
        terminal.Say("");
        terminal.Say(FormattableString.Invariant($"{summary.ParticipantCount:N0} participants"));
        foreach (var exclusion in summary.Exclusions)
        {
            terminal.Say(FormattableString.Invariant($"Left out: {exclusion.ParticipantCount:N0} {exclusion.Reason}"));
        }

        terminal.Say($"Method: {summary.Method}");
        terminal.Say(FormattableString.Invariant(
            $"As of {summary.Position?.AsOfTime?.ToDateTime():u}{cutoff}; from {summary.Position?.VersionCount ?? 0:N0} versions of records"));
    }

    private static string Bar(SwimmerLane lane)
    {
        var bar = Enumerable.Repeat('.', At(lane.LastDay) + 1).ToArray();
        foreach (var span in lane.CurrentSpans)
        {
            for (var i = At(span.FirstDay); i <= At(span.LastDay) && i < bar.Length; i++)
            {
                bar[i] = Letter(span.Response);
            }
        }

        bar[^1] = lane.End == SwimmerLane.Types.End.Death ? 'D' : '>';
        foreach (var mark in lane.Marks.Where(mark => mark.Kind != SwimmerLane.Types.Mark.Types.Kind.Death && At(mark.Day) < bar.Length))
        {
            bar[At(mark.Day)] = mark.Kind switch
            {
                SwimmerLane.Types.Mark.Types.Kind.Progression => 'X',
                SwimmerLane.Types.Mark.Types.Kind.SecondInfusion => '2',
                _ => 'n',
            };
        }

        return new string(bar);
    }

    private static int At(int day) => (day - 1) / DaysOfMark;

    private static string Columns(string participant, string data, string best, string last, string bar) =>
        $"{participant,-12}{data,-7}{best,-15}{last,-12}{bar}";

    private static char Letter(Response response) => response switch
    {
        Response.StringentComplete or Response.Complete => 'C',
        Response.VeryGoodPartial => 'V',
        Response.Partial => 'P',
        Response.Minimal => 'm',
        Response.StableDisease => '-',
        Response.ProgressiveDisease => 'x',
        _ => '.',
    };

    private static string Short(Response response) => response switch
    {
        Response.StringentComplete => "sCR",
        Response.Complete => "CR",
        Response.VeryGoodPartial => "VGPR",
        Response.Partial => "PR",
        Response.Minimal => "MR",
        Response.StableDisease => "SD",
        Response.ProgressiveDisease => "PD",
        _ => "NE",
    };
}
