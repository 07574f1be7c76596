namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>HO: a row a contact with health care; a period in intensive care has its own.</summary>
internal sealed class Ho : StudyDatasetOf<EncounterRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Ho;

    /// <inheritdoc/>
    public override string Label => "Healthcare Encounters";

    /// <inheritdoc/>
    public override string Method => "Stays in hospital, periods in intensive care and other contacts; HOCAT: what a stay was for; HOSCAT: why it was; what ended after a cut-off goes on at it; " + Epoch.Method;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<EncounterRow>> Variables => field ??=
    [
        .. Identifiers(),
        Whole("HOSEQ", "Sequence Number", row => row.Number, key: 5),
        Text("HOTERM", "Healthcare Encounter Term", 40, row => row.Place, key: 3),
        Text("HODECOD", "Dictionary-Derived Term", 40, row => row.Place),
        Text("HOCAT", "Category for Healthcare Encounter", 40, row => row.Category),
        Text("HOSCAT", "Subcategory for Healthcare Encounter", 40, row => row.Reason),
        Text("EPOCH", "Epoch", Epoch.Length, row => row.Subject.EpochOf(EncounterRow.DayText(row.Start))),
        Date("HOSTDTC", "Start Date/Time of Healthcare Encounter", row => row.Start, key: 4),
        Date("HOENDTC", "End Date/Time of Healthcare Encounter", row => row.End),
        Whole("HOSTDY", "Study Day of Start of Encounter", row => row.Subject.DayOf(EncounterRow.DayText(row.Start))),
        Whole("HOENDY", "Study Day of End of Healthcare Encounter", row => row.Subject.DayOf(EncounterRow.DayText(row.End))),
        Text("HOENRTPT", "End Relative to Reference Time Point", 10, row => row.IsOngoing ? "ONGOING" : null),
        Date("HOENTPT", "End Reference Time Point", row => row.IsOngoing ? Dtc.Text(row.Subject.Subject.Cutoff ?? row.Subject.LastAliveDate) : null),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<EncounterRow> Find(DatasetSubject subject) => EncounterRow.Of(subject);
}
