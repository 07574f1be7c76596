using Equecel.Records.V1;

namespace Equecel.Cli.Common;

/// <summary>How many rows became what.</summary>
internal sealed class VerdictCounts
{
    /// <summary>Rows with a verdict.</summary>
    public int Rows { get; private set; }

    /// <summary>Saved now.</summary>
    public int Saved { get; private set; }

    /// <summary>Saved before, by the same request id.</summary>
    public int AlreadyThere { get; private set; }

    /// <summary>Refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Checked only, and found good.</summary>
    public int WouldSave { get; private set; }

    /// <summary>Not checked to the end in a dry run, because what they need comes with the same folder.</summary>
    public int Unchecked { get; private set; }

    /// <summary>Rows that were saved, or would be, and about which the site is asked something.</summary>
    public int Queried { get; private set; }

    /// <summary>Counts a verdict.</summary>
    public void Add(ImportVerdict verdict)
    {
        Rows++;
        Saved += verdict.Outcome == ImportOutcome.Saved ? 1 : 0;
        AlreadyThere += verdict.Outcome == ImportOutcome.AlreadyThere ? 1 : 0;
        Refused += verdict.Outcome == ImportOutcome.Refused ? 1 : 0;
        WouldSave += verdict.Outcome == ImportOutcome.WouldSave ? 1 : 0;
        Queried += verdict.Outcome != ImportOutcome.Refused && verdict.Findings.Count > 0 ? 1 : 0;
    }

    /// <summary>Counts a row that a dry run could not check to the end.</summary>
    public void AddUnchecked()
    {
        Rows++;
        Unchecked++;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Rows:N0} rows: {Saved:N0} saved, {AlreadyThere:N0} already there, {Refused:N0} refused, {WouldSave:N0} would be saved; {Queried:N0} with questions to the site");
}
