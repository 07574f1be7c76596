namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>SUPPHO: why a contact with health care was, in the site's words where it gave any, and where its data came from.</summary>
internal sealed class SuppHo() : Supplement("HO")
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Suppho;

    /// <inheritdoc/>
    public override string Method => "HOINDC: the condition that was the reason, HOREAS: any other reason; PROVEN: where the record's data came from";

    /// <inheritdoc/>
    protected override IEnumerable<QualifierRow> Find(DatasetSubject subject) => EncounterRow.Of(subject)
        .SelectMany(row => Reason(row).Concat(QualifierRow.Provenance(subject, row.Number, row.Origin)));

    private static IEnumerable<QualifierRow> Reason(EncounterRow row) => (row.ReasonText ?? row.Reason) is not { } reason ? []
        : row.Reason is "ADVERSE EVENT" or "INFECTION" or "PROGRESSIVE DISEASE"
            ? QualifierRow.Text(row.Subject, row.Number, "HOINDC", "Indication", reason)
            : QualifierRow.Text(row.Subject, row.Number, "HOREAS", "Reason", reason);
}
