namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>RS: a row a finding and assessment, as somebody recorded it. What the platform computes is in ADRS.</summary>
internal sealed class Rs : StudyDatasetOf<ResponseRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Rs;

    /// <inheritdoc/>
    public override string Label => "Disease Response and Clin Classification";

    /// <inheritdoc/>
    public override string Method => "As the investigator recorded it by IMWG 2016: overall response, minimal residual disease, new lesions; no response that was computed; " + Epoch.Method;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<ResponseRow>> Variables => field ??=
    [
        .. Identifiers(),
        Whole("RSSEQ", "Sequence Number", row => row.Number, key: 7),
        Text("RSSPID", "Sponsor-Defined Identifier", 36, row => $"{row.Record.RecordId}"),
        Text("RSTESTCD", "Assessment Short Name", 8, row => row.TestCode, key: 3),
        Text("RSTEST", "Assessment Name", 40, row => row.Test),
        Text("RSCAT", "Category for Assessment", 40, _ => "KUMAR IMWG 2016"),
        Text("RSORRES", "Result or Finding in Original Units", 20, row => row.Result),
        Text("RSSTRESC", "Character Result/Finding in Std Format", 20, row => row.Result),
        Text("RSSTAT", "Completion Status", 8, row => row.Result is null ? "NOT DONE" : null),
        Text("RSREASND", "Reason Not Done", 40, row => row.Result is null ? "SAMPLE INADEQUATE" : null),
        Text("RSEVAL", "Evaluator", 20, _ => "INVESTIGATOR", key: 4),
        Whole("VISITNUM", "Visit Number", row => Codes.VisitNumber(row.Form.Visit), key: 5),
        Text("VISIT", "Visit Name", 20, row => Codes.VisitName(row.Form.Visit)),
        Text("EPOCH", "Epoch", Epoch.Length, row => row.Subject.EpochOf(row.Day)),
        Date("RSDTC", "Date/Time of Assessment", row => row.Date, key: 6),
        Whole("RSDY", "Study Day of Assessment", row => row.Subject.DayOf(row.Day)),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ResponseRow> Find(DatasetSubject subject) => subject.Responses;
}
