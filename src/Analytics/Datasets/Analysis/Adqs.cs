namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>ADQS: a row a score and questionnaire.</summary>
internal sealed class Adqs : StudyDatasetOf<ScoreRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Adqs;

    /// <inheritdoc/>
    public override string Label => "Questionnaire Analysis Dataset";

    /// <inheritdoc/>
    public override string Method =>
        "Scales of the QLQ-C30 3.0 by its manual, the summary score, EQ-5D index (China) and EQ VAS, to 9 places; AVAL null where too little was answered; "
        + "baseline: the last score up to the day of infusion; change after it only; AVISIT: the visit that the questionnaire counts for; ANL01FL: the first of a visit; CRIT1FL, CRIT2FL: changed from the baseline by that much; QSSEQ: of what was not computed";

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<ScoreRow>> Variables => field ??=
    [
        .. OfSubject(),
        Text("PARCAT1", "Parameter Category 1", 20, row => row.Parameter.InstrumentName),
        Text("PARAM", "Parameter", 40, row => row.Parameter.Label),
        Text("PARAMCD", "Parameter Code", 8, row => row.Parameter.Code, key: 3),
        Text("PARAMTYP", "Parameter Type", 8, row => row.Parameter.IsDerived ? "DERIVED" : null),
        Whole("AVISITN", "Analysis Visit (N)", row => Codes.VisitNumber(row.Visit)),
        Text("AVISIT", "Analysis Visit", 20, row => Codes.VisitName(row.Visit)),
        Day("ADT", "Analysis Date", row => row.Date, key: 4),
        Whole("ADY", "Analysis Relative Day", row => row.Subject.DayOf(row.Date)),
        Exact("AVAL", "Analysis Value", row => row.Value),
        Exact("BASE", "Baseline Value", row => row.Base),
        Exact("CHG", "Change from Baseline", row => row.Change),
        Exact("PCHG", "Percent Change from Baseline", row => row.PercentChange),
        Flag("ABLFL", "Baseline Record Flag", row => row.IsBaseline),
        Flag("ANL01FL", "Analysis Flag 01", row => row.IsForVisit),
        Text("CRIT1", "Analysis Criterion 1", 40, row => row.Verdict is null ? null : FormattableString.Invariant($"Better by at least {row.Parameter.Threshold.Better}")),
        Flag("CRIT1FL", "Criterion 1 Evaluation Result Flag", row => row.Verdict > 0),
        Text("CRIT2", "Analysis Criterion 2", 40, row => row.Verdict is null ? null : FormattableString.Invariant($"Worse by at least {row.Parameter.Threshold.Worse}")),
        Flag("CRIT2FL", "Criterion 2 Evaluation Result Flag", row => row.Verdict < 0),
        Text("VALSET", "Value Set of the Index", 60, row => row.Parameter.Code.EndsWith("IX", StringComparison.Ordinal) ? row.Form.ValueSet : null),
        Text("SRCDOM", "Source Data", 8, _ => "QS"),
        Whole("QSSEQ", "Sequence Number", row => row.SourceNumber),
        Whole("ASEQ", "Analysis Sequence Number", row => row.Number, key: 5),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ScoreRow> Find(DatasetSubject subject) => ScoreRow.Of(subject);
}
