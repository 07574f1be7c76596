using Criterion = Equecel.Safety.V1.AdverseEvent.Types.SeriousnessCriterion;
using TreatmentKind = Equecel.Safety.V1.AdverseEvent.Types.TreatmentKind;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>AE: a row an event, from its start to its end, with the worst grade.</summary>
internal sealed class Ae : StudyDatasetOf<AdverseEventRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Ae;

    /// <inheritdoc/>
    public override string Label => "Adverse Events";

    /// <inheritdoc/>
    public override string Method =>
        "A row an event with its worst grade, ASTCT for CRS and ICANS and CTCAE for others; AEREL: to eque-cel, in the investigator's judgement; MedDRA as sites supply it; "
        + "AEACNOTH: kinds of treatment; what ended after a cut-off goes on at it; " + Epoch.Method;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<AdverseEventRow>> Variables => field ??= [.. Identifiers(), .. EventVariables(isAnalysis: false)];

    /// <inheritdoc/>
    protected override IEnumerable<AdverseEventRow> Find(DatasetSubject subject) => AdverseEventRow.Of(subject);

    /// <inheritdoc/>
    public override string? Lacking(IReadOnlyList<object?> row) => Uncoded(this, row);

    /// <summary>That an event has no preferred term yet; null when it has.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="row">The row.</param>
    internal static string? Uncoded(StudyDataset dataset, IReadOnlyList<object?> row) =>
        row[dataset.Columns.Index().First(column => column.Item.Name == "AEDECOD").Index] is null ? "not coded in MedDRA: AEDECOD is null" : null;

    /// <summary>The variables of an event, for AE and ADAE.</summary>
    /// <param name="isAnalysis">Whether they are for ADAE, which has another key.</param>
    internal static Variable<AdverseEventRow>[] EventVariables(bool isAnalysis) =>
    [
        Whole("AESEQ", "Sequence Number", row => row.Number, key: isAnalysis ? 3 : 5),
        Text("AESPID", "Sponsor-Defined Identifier", 36, row => $"{row.Record.RecordId}"),
        Text("AETERM", "Reported Term for the Adverse Event", 200, row => row.Form.Term),
        Text("AELLT", "Lowest Level Term", 200, row => row.Form.Coding?.Llt),
        Whole("AELLTCD", "Lowest Level Term Code", row => AdverseEventRow.Code(row.Form.Coding?.LltCode)),
        Text("AEDECOD", "Dictionary-Derived Term", 200, row => row.Form.Coding?.Pt, key: isAnalysis ? null : 3),
        Whole("AEPTCD", "Preferred Term Code", row => AdverseEventRow.Code(row.Form.Coding?.PtCode)),
        Text("AEHLT", "High Level Term", 200, _ => null),
        Whole("AEHLTCD", "High Level Term Code", _ => null),
        Text("AEHLGT", "High Level Group Term", 200, _ => null),
        Whole("AEHLGTCD", "High Level Group Term Code", _ => null),
        Text("AECAT", "Category for Adverse Event", 40, row => Codes.Words(row.Form.SpecialInterest)),
        Text("AEBODSYS", "Body System or Organ Class", 200, row => row.Form.Coding?.Soc),
        Whole("AEBDSYCD", "Body System or Organ Class Code", row => AdverseEventRow.Code(row.Form.Coding?.SocCode)),
        Text("AESOC", "Primary System Organ Class", 200, row => row.Form.Coding?.Soc),
        Whole("AESOCCD", "Primary System Organ Class Code", row => AdverseEventRow.Code(row.Form.Coding?.SocCode)),
        Text("AESER", "Serious Event", 1, row => row.IsSerious switch { true => "Y", false => "N", null => null }),
        Text("AEACN", "Action Taken with Study Treatment", 20, row => Codes.Action(row.Form.Action)),
        Text("AEACNOTH", "Other Action Taken", 200, row => row.OtherAction),
        Text("AEREL", "Causality", 20, row => row.Relation),
        Text("AEOUT", "Outcome of Adverse Event", 40, row => row.Outcome),
        Flag("AESCONG", "Congenital Anomaly or Birth Defect", row => row.Meets(Criterion.Congenital)),
        Flag("AESDISAB", "Persist or Signif Disability/Incapacity", row => row.Meets(Criterion.Disability)),
        Flag("AESDTH", "Results in Death", row => row.Meets(Criterion.Death)),
        Flag("AESHOSP", "Requires or Prolongs Hospitalization", row => row.Meets(Criterion.Hospitalisation)),
        Flag("AESLIFE", "Is Life Threatening", row => row.Meets(Criterion.LifeThreatening)),
        Flag("AESMIE", "Other Medically Important Serious Event", row => row.Meets(Criterion.ImportantMedical)),
        Text("AECONTRT", "Concomitant or Additional Trtmnt Given", 1, row => row.Form.Treatments.Count == 0 ? null : row.Form.Treatments.Any(one => one.Kind == TreatmentKind.None) ? "N" : "Y"),
        Text("AETOXGR", "Standard Toxicity Grade", 1, row => row.Grade is { } grade ? $"{grade}" : null),
        Text("EPOCH", "Epoch", Epoch.Length, row => row.Subject.EpochOf(row.Form.OnsetDate)),
        Date("AESTDTC", "Start Date/Time of Adverse Event", row => row.Start, key: isAnalysis ? null : 4),
        Date("AEENDTC", "End Date/Time of Adverse Event", row => row.End),
        Whole("AESTDY", "Study Day of Start of Adverse Event", row => row.Subject.DayOf(row.Form.OnsetDate)),
        Whole("AEENDY", "Study Day of End of Adverse Event", row => row.End is null ? null : row.Subject.DayOf(row.Form.EndDate)),
        Text("AEENRTPT", "End Relative to Reference Time Point", 10, row => row.IsOngoing ? "ONGOING" : null),
        Date("AEENTPT", "End Reference Time Point", row => row.IsOngoing ? Dtc.Text(row.Subject.Subject.Cutoff ?? row.Subject.LastAliveDate) : null),
    ];
}
