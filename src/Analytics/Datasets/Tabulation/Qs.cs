namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>QS: a row an item and questionnaire. Scores are in ADQS; the words of the items are licensed and not here.</summary>
internal sealed class Qs : StudyDatasetOf<AnswerRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Qs;

    /// <inheritdoc/>
    public override string Label => "Questionnaires";

    /// <inheritdoc/>
    public override string Method => "Every item by its number, also those without an answer; a questionnaire that was not filled in is one row (QSALL); the visit is the one that the site told; " + Epoch.Method;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<AnswerRow>> Variables => field ??=
    [
        .. Identifiers(),
        Whole("QSSEQ", "Sequence Number", row => row.Number, key: 7),
        Text("QSTESTCD", "Question Short Name", 8, row => row.TestCode, key: 4),
        Text("QSTEST", "Question Name", 40, row => row.Test),
        Text("QSCAT", "Category of Question", 40, row => row.Instrument, key: 3),
        Text("QSORRES", "Finding in Original Units", 10, row => row.Answer is { } answer ? $"{answer}" : null),
        Text("QSSTRESC", "Character Result/Finding in Std Format", 10, row => row.Answer is { } answer ? $"{answer}" : null),
        Whole("QSSTRESN", "Numeric Finding in Standard Units", row => row.Answer),
        Text("QSSTAT", "Completion Status", 8, row => row.Answer is null ? "NOT DONE" : null),
        Text("QSREASND", "Reason Not Performed", 40, row => row.Reason),
        Flag("QSLOBXFL", "Last Observation Before Exposure Flag", row => row.IsLastBeforeExposure),
        Whole("VISITNUM", "Visit Number", row => Codes.VisitNumber(row.Visit), key: 5),
        Text("VISIT", "Visit Name", 20, row => Codes.VisitName(row.Visit)),
        Text("EPOCH", "Epoch", Epoch.Length, row => row.Subject.EpochOf(row.Date)),
        Date("QSDTC", "Date/Time of Finding", row => Dtc.Text(row.Date), key: 6),
        Whole("QSDY", "Study Day of Finding", row => row.Subject.DayOf(row.Date)),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<AnswerRow> Find(DatasetSubject subject) => AnswerRow.Of(subject);
}
