namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>DD: a row a detail of a death.</summary>
internal sealed class Dd : StudyDatasetOf<DeathDetailRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Dd;

    /// <inheritdoc/>
    public override string Label => "Death Details";

    /// <inheritdoc/>
    public override string Method => "Primary cause in the investigator's words and by category, and whether the product led to it (DDRESCAT); autopsy, place; when a detail was collected is not recorded";

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<DeathDetailRow>> Variables => field ??=
    [
        .. Identifiers(),
        Whole("DDSEQ", "Sequence Number", row => row.Number),
        Text("DDTESTCD", "Death Detail Assessment Short Name", 8, row => row.TestCode, key: 3),
        Text("DDTEST", "Death Detail Assessment Name", 40, row => row.Test),
        Text("DDORRES", "Result or Finding as Collected", 500, row => row.Original),
        Text("DDSTRESC", "Character Result/Finding in Std Format", 40, row => row.Standard),
        Text("DDRESCAT", "Result Category", 20, row => row.IsCause ? Codes.Attribution(row.Subject.DeathForm?.Form.Causality) : null),
        Text("DDEVAL", "Evaluator", 20, row => row.IsCause ? "INVESTIGATOR" : null),
        Date("DDDTC", "Date/Time of Collection", _ => null),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<DeathDetailRow> Find(DatasetSubject subject) => DeathDetailRow.Of(subject);
}
