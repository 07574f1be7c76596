namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>DS: a row a milestone or an end of participation.</summary>
internal sealed class Ds : StudyDatasetOf<DispositionRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Ds;

    /// <inheritdoc/>
    public override string Label => "Disposition";

    /// <inheritdoc/>
    public override string Method => "Consent, eligibility and enrolment; how participation ended, each end once with the date on which it was so first; " + Epoch.Method;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<DispositionRow>> Variables => field ??=
    [
        .. Identifiers(),
        Whole("DSSEQ", "Sequence Number", row => row.Number, key: 6),
        Text("DSTERM", "Reported Term for the Disposition Event", 500, row => row.Term),
        Text("DSDECOD", "Standardized Disposition Term", 40, row => row.Coded, key: 4),
        Text("DSCAT", "Category for Disposition Event", 20, row => row.Category, key: 3),
        Text("DSSCAT", "Subcategory for Disposition Event", 20, row => row.Category == DispositionRow.End ? "STUDY PARTICIPATION" : null),
        Text("EPOCH", "Epoch", Epoch.Length, row => row.Subject.EpochOf(row.Date ?? "")),
        Date("DSSTDTC", "Start Date/Time of Disposition Event", row => row.Date, key: 5),
        Whole("DSSTDY", "Study Day of Start of Disposition Event", row => row.Subject.DayOf(row.Date ?? "")),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<DispositionRow> Find(DatasetSubject subject) => DispositionRow.Of(subject);
}
