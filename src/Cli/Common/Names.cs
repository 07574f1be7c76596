using Equecel.Records.V1;

namespace Equecel.Cli.Common;

/// <summary>Names of the contracts' values as people read them.</summary>
internal static class Names
{
    /// <summary>What became of a row, without its enum's prefix: <c>ALREADY_THERE</c>.</summary>
    public static string Name(this ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Saved => "SAVED",
        ImportOutcome.AlreadyThere => "ALREADY_THERE",
        ImportOutcome.Refused => "REFUSED",
        ImportOutcome.WouldSave => "WOULD_SAVE",
        _ => "UNSPECIFIED",
    };

    /// <summary>A verdict on one line: row, outcome, then the record or what is wrong.</summary>
    public static string Line(this ImportVerdict verdict)
    {
        var findings = string.Concat(verdict.Findings.Select(finding => $"; {finding.Field}: {finding.Message} [{finding.Code}]"));
        return verdict.Outcome == ImportOutcome.Refused
            ? $"{verdict.Row}  REFUSED  {verdict.ErrorReason}: {verdict.ErrorMessage}{findings}"
            : $"{verdict.Row}  {verdict.Outcome.Name()}  {verdict.RecordId} v{verdict.Version}{findings}";
    }
}
