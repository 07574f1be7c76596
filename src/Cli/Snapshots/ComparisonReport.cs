using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Snapshots;

/// <summary>What differs between two moments, for a person: a table for each participant, and the records that changed it, by number.</summary>
internal static class ComparisonReport
{
    /// <summary>Writes a step.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="step">The step.</param>
    public static void Write(Terminal terminal, CompareSnapshotsResponse step)
    {
        if (step.Participant is { } participant)
        {
            Write(terminal, participant);
        }
        else if (step.Summary is { } summary)
        {
            terminal.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"From {summary.From.AsOfTime.ToDateTime():u} ({summary.From.VersionCount:N0} versions of records) to {summary.To.AsOfTime.ToDateTime():u} ({summary.To.VersionCount:N0}):"));
            terminal.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.VersionCount:N0} versions about {summary.ParticipantCount:N0} participants were saved between; the facts of {summary.DifferentCount:N0} differ."));
        }
    }

    private static void Write(Terminal terminal, ParticipantDifference participant)
    {
        var records = participant.Facts.SelectMany(fact => fact.Records).DistinctBy(record => record.RecordId).ToList();
        terminal.Say(participant.Participant);
        terminal.SayTable(
            ["Fact", "Before", "After", "Changed by"],
            participant.Facts.Select(fact => (string[])
            [
                fact.Fact, OrDash(fact.Before), OrDash(fact.After),
                string.Join(", ", fact.Records.Select(record => records.FindIndex(one => one.RecordId == record.RecordId) + 1).Order()),
            ]));
        foreach (var (i, record) in records.Index())
        {
            terminal.Say($"  {i + 1}  {record.Service} {record.Kind} {record.RecordId}, version {OrDash(record.VersionBefore)} → {record.VersionAfter}");
            foreach (var change in record.Changes)
            {
                var what = change.Retracted ? "retracted" : change.Version == 1 ? "entered" : "amended";
                terminal.Say($"       version {change.Version} {what} {change.SaveTime.ToDateTime():u} by {change.Actor}{(change.Reason.Length == 0 ? "" : $": {change.Reason}")}");
            }
        }

        terminal.Say("");
    }

    private static string OrDash(string value) => value.Length == 0 ? "–" : value;

    private static string OrDash(int version) => version == 0 ? "–" : version.ToString(CultureInfo.InvariantCulture);
}
