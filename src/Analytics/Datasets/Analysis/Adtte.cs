namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>ADTTE: a row an analysed participant and endpoint.</summary>
internal sealed class Adtte : StudyDatasetOf<TimeRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Adtte;

    /// <inheritdoc/>
    public override string Label => "Time-to-Event Analysis Dataset";

    /// <inheritdoc/>
    public override string Method =>
        "Participants with FASFL; days with the origin as day 1 (a month is 30.4375 days); CNSR 0 event, 1 last known alive, 2 data cut-off, 3 last adequate assessment, 4 no adequate assessment, "
        + "5 new therapy, 6 missed assessments, and what precludes a response or a new therapy: 7 progression, 8 death, 9 new therapy; RSD for responders alone, from the first recorded response";

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<TimeRow>> Variables => field ??=
    [
        .. OfSubject(),
        Text("PARAM", "Parameter", 60, row => row.Parameter.Label),
        Text("PARAMCD", "Parameter Code", 8, row => row.Parameter.Code, key: 3),
        Whole("AVAL", "Analysis Value", row => row.Time.Days),
        Whole("CNSR", "Censor", row => row.Censoring),
        Day("STARTDT", "Time-to-Event Origin Date for Subject", row => row.Start),
        Day("ADT", "Analysis Date", row => row.Time.Date),
        Text("ADTF", "Analysis Date Imputation Flag", 1, row => row.IsDateCompleted ? "D" : null),
        Text("EVNTDESC", "Event or Censoring Description", 60, row => row.Censoring == 0 ? row.Words : null),
        Text("CNSDTDSC", "Censor Date Description", 60, row => row.Censoring == 0 ? null : row.Words),
        Text("SRCDOM", "Source Data", 8, row => row.Source.Dataset),
        Text("SRCVAR", "Source Variable", 8, row => row.Source.Variable),
        Whole("SRCSEQ", "Source Sequence Number", row => row.Source.Number),
        Whole("ASEQ", "Analysis Sequence Number", row => row.Number),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<TimeRow> Find(DatasetSubject subject) => !subject.IsAnalysed ? [] : TimeParameter.All
        .Select(parameter => (Parameter: parameter, Time: parameter.Derive(subject)))
        .Where(one => one.Time is not null)
        .OrderBy(one => one.Parameter.Code, StringComparer.Ordinal)
        .Select((one, i) => new TimeRow(subject, one.Parameter, one.Parameter.Start?.Invoke(subject) ?? subject.Subject.InfusionDate, one.Time!.Value, i + 1));
}
