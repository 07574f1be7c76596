namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>ADRS: a row a response, recorded, confirmed or computed, and a row a participant for what is told once.</summary>
internal sealed class Adrs : StudyDatasetOf<AnalysedResponseRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Adrs;

    /// <inheritdoc/>
    public override string Label => "Response Analysis Dataset";

    /// <inheritdoc/>
    public override string Method =>
        "OVR: every overall response of RS; COVR: confirmed by the next assessment, and the progression; ALGOVR, ALGCOVR: IMWG 2016 from what was measured; one row a participant with FASFL: "
        + "BOR and ALGBOR within 24 weeks, CBOR over all follow-up, RSP, VGPRRSP, CRRSP, PD, DEATH, LSTA; ANL01FL: adequate after infusion, the worst of a day; ANL02FL: not after new therapy; "
        + "ANL03FL: up to the first recorded progression; AVAL: 7 sCR, 6 CR, 5 VGPR, 4 PR, 3 MR, 2 SD, 1 PD, 0 NE, or 1 yes and 0 no";

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<AnalysedResponseRow>> Variables => field ??=
    [
        .. OfSubject(),
        Text("PARCAT1", "Parameter Category 1", 20, row => row.Parameter.Evaluator),
        Text("PARCAT2", "Parameter Category 2", 20, row => row.Parameter.Criteria),
        Text("PARAM", "Parameter", 60, row => row.Parameter.Label),
        Text("PARAMCD", "Parameter Code", 8, row => row.Parameter.Code, key: 3),
        Text("PARAMTYP", "Parameter Type", 8, row => row.Parameter.IsDerived ? "DERIVED" : null),
        Whole("AVISITN", "Analysis Visit (N)", row => row.VisitNumber),
        Text("AVISIT", "Analysis Visit", 20, row => row.VisitName),
        Day("ADT", "Analysis Date", row => row.Date, key: 4),
        Text("ADTF", "Analysis Date Imputation Flag", 1, row => row.IsDateCompleted ? "D" : null),
        Whole("ADY", "Analysis Relative Day", row => row.Subject.DayOf(row.Date)),
        Whole("AVAL", "Analysis Value", row => row.Value),
        Text("AVALC", "Analysis Value (C)", 8, row => row.Character),
        Flag("ANL01FL", "Analysis Flag 01", row => row.IsUsable),
        Flag("ANL02FL", "Analysis Flag 02", row => row.IsBeforeNewTherapy),
        Flag("ANL03FL", "Analysis Flag 03", row => row.IsBeforeProgression),
        Flag("PDCERTFL", "Progression Needs No Confirmation Flag", row => row.IsCertain),
        Day("NACTDT", "Start of New Anti-Myeloma Therapy", row => row.Subject.Subject.Course?.NewTherapyDate),
        Text("SRCDOM", "Source Data", 8, row => row.SourceNumber is null ? null : "RS"),
        Text("SRCVAR", "Source Variable", 8, row => row.SourceNumber is null ? null : "RSSTRESC"),
        Whole("SRCSEQ", "Source Sequence Number", row => row.SourceNumber),
        Whole("ASEQ", "Analysis Sequence Number", row => row.Number, key: 5),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<AnalysedResponseRow> Find(DatasetSubject subject) => ResponseRows.Of(subject);
}
