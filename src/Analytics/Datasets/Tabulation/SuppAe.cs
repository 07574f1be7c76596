namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>SUPPAE: by what an event was graded, and where its data came from.</summary>
internal sealed class SuppAe() : Supplement("AE")
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Suppae;

    /// <inheritdoc/>
    public override string Method => "AEGRSCL: scale of AETOXGR, ASTCT for CRS and ICANS and CTCAE for others; PROVEN: where the record's data came from";

    /// <inheritdoc/>
    protected override IEnumerable<QualifierRow> Find(DatasetSubject subject) => AdverseEventRow.Of(subject).SelectMany(row =>
        QualifierRow.Text(subject, row.Number, "AEGRSCL", "Scale of the Grade", row.Grade is null ? "" : row.Scale)
            .Concat(QualifierRow.Provenance(subject, row.Number, row.Record.Origin)));
}
