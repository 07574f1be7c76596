namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>DM: a row a participant.</summary>
internal sealed class Dm : StudyDatasetOf<SubjectRow>
{
    private const string ArmCode = "EQUECEL";

    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Dm;

    /// <inheritdoc/>
    public override string Label => "Demographics";

    /// <inheritdoc/>
    public override string Method =>
        "Everybody who takes part; reference start: first infusion; reference end: last date known alive; age at infusion, before it at consent, for a birth in the middle of the month; "
        + "one arm, assigned at enrolment; race is not collected";

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<SubjectRow>> Variables => field ??=
    [
        .. Identifiers(),
        Text("SUBJID", "Subject Identifier for the Study", 20, row => row.Subject.Dossier.Participant),
        Date("RFSTDTC", "Subject Reference Start Date/Time", row => Start(row.Subject)),
        Date("RFENDTC", "Subject Reference End Date/Time", row => Start(row.Subject) is null ? null : Dtc.Text(row.Subject.LastAliveDate)),
        Date("RFXSTDTC", "Date/Time of First Study Treatment", row => Start(row.Subject)),
        Date("RFXENDTC", "Date/Time of Last Study Treatment", row => row.Subject.Infusions.Count == 0 ? null : Dtc.Text(row.Subject.Infusions[^1].Form.EndTime ?? row.Subject.Infusions[^1].Form.StartTime)),
        Date("RFICDTC", "Date/Time of Informed Consent", row => Dtc.Text(row.Subject.ConsentDate)),
        Date("RFPENDTC", "Date/Time of End of Participation", row => Dtc.Text(row.Subject.DeathDate ?? row.Subject.LastAliveDate)),
        Date("DTHDTC", "Date/Time of Death", row => row.Subject.DeathDate is null ? null : row.Subject.DeathForm?.Form.DeathDate),
        Flag("DTHFL", "Subject Death Flag", row => row.Subject.DeathDate is not null),
        Text("SITEID", "Study Site Identifier", 3, row => row.Subject.Dossier.Site),
        Date("BRTHDTC", "Date/Time of Birth", row => Dtc.Text(row.Subject.Participation?.BirthYearMonth ?? "")),
        Whole("AGE", "Age", row => row.Subject.AgeYears),
        Text("AGEU", "Age Units", 5, row => row.Subject.AgeYears is null ? null : "YEARS"),
        Text("SEX", "Sex", 1, row => Codes.Sex(row.Subject.Participation)),
        Text("RACE", "Race", 12, _ => "NOT REPORTED"),
        Text("ARMCD", "Planned Arm Code", 20, row => row.Subject.IsScreenFailure ? null : ArmCode),
        Text("ARM", "Description of Planned Arm", 30, row => row.Subject.IsScreenFailure ? null : Codes.Arm),
        Text("ACTARMCD", "Actual Arm Code", 20, row => Start(row.Subject) is null ? null : ArmCode),
        Text("ACTARM", "Description of Actual Arm", 30, row => Start(row.Subject) is null ? null : Codes.Arm),
        Text("ARMNRS", "Reason Arm and/or Actual Arm is Null", 30, row => Start(row.Subject) is not null ? null : row.Subject.IsScreenFailure ? "SCREEN FAILURE" : "ASSIGNED, NOT TREATED"),
        Text("ACTARMUD", "Description of Unplanned Actual Arm", 200, _ => null),
        Text("COUNTRY", "Country", 3, _ => "CHN"),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<SubjectRow> Find(DatasetSubject subject) => [new SubjectRow(subject)];

    private static string? Start(DatasetSubject subject) => subject.Infusions.Count == 0 ? null : Dtc.Text(subject.Infusions[0].Form.StartTime);
}
