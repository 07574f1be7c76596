namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>SUPPDM: where a participant's data came from.</summary>
internal sealed class SuppDm() : Supplement("DM")
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Suppdm;

    /// <inheritdoc/>
    public override string Method => "DATAORIG: where the subject's data came from";

    /// <inheritdoc/>
    protected override IEnumerable<QualifierRow> Find(DatasetSubject subject) =>
        Codes.Origin(subject.Subject.Origin) is { } origin ? [new QualifierRow(subject, null, "DATAORIG", "Origin of the Subject's Data", origin)] : [];
}
