using Equecel.Analytics.Datasets.Tabulation;
using Equecel.Analytics.Derivation;
using MedDraCoding = Equecel.Safety.V1.AdverseEvent.Types.MedDraCoding;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>ADAE: a row an event of AE, with when it counts.</summary>
internal sealed class Adae : StudyDatasetOf<AnalysedEventRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Adae;

    /// <inheritdoc/>
    public override string Label => "Adverse Events Analysis Dataset";

    /// <inheritdoc/>
    public override string Method =>
        $"Every row of AE; TRTEMFL: onset, or a worsening of an earlier event, from infusion to infusion + {AdverseEventOnset.WindowDays} days; APHASE: where the onset lies; "
        + "AREL: certainly, probably, possibly or not assessable; a missing day of onset is the infusion's in its month, else the month's first (ASTDTF D)";

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<AnalysedEventRow>> Variables => field ??=
    [
        .. OfSubject(),
        .. Ae.EventVariables(isAnalysis: true).Select(variable => new Variable<AnalysedEventRow>(variable.Column, row => variable.Value(row.Event))),
        Text("AEGRSCL", "Scale of the Grade", 12, row => row.Event.Grade is null ? null : row.Event.Scale),
        Day("ASTDT", "Analysis Start Date", row => row.Event.Onset?.Date),
        Text("ASTDTF", "Analysis Start Date Imputation Flag", 1, row => row.Event.Onset is { IsCompleted: true } ? "D" : null),
        Whole("ASTDY", "Analysis Start Relative Day", row => row.Subject.DayOf(row.Event.Onset?.Date)),
        Day("AENDT", "Analysis End Date", row => row.End),
        Whole("AENDY", "Analysis End Relative Day", row => row.Subject.DayOf(row.End)),
        Whole("ADURN", "Analysis Duration (N)", row => row.Duration),
        Text("ADURU", "Analysis Duration Units", 4, row => row.Duration is null ? null : "DAYS"),
        Flag("TRTEMFL", "Treatment Emergent Analysis Flag", row => row.IsEmergent),
        Text("APHASE", "Phase", 20, row => row.Phase),
        Text("AREL", "Analysis Causality", 11, row => row.IsRelated switch { true => "RELATED", false => "NOT RELATED", null => null }),
        Text("ATOXGR", "Analysis Toxicity Grade", 1, row => row.Event.Grade is { } grade ? $"{grade}" : null),
        Whole("ATOXGRN", "Analysis Toxicity Grade (N)", row => row.Event.Grade),
        Text("CQ01NAM", "Customized Query 01 Name", 40, row => Codes.Words(row.Event.Form.SpecialInterest)),
        Flag("AOCCFL", "1st Occurrence within Subject Flag", row => row.IsFirst),
        Flag("AOCCSFL", "1st Occurrence of SOC Flag", row => row.IsFirstOfClass),
        Flag("AOCCPFL", "1st Occurrence of Preferred Term Flag", row => row.IsFirstOfTerm),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<AnalysedEventRow> Find(DatasetSubject subject)
    {
        var events = AdverseEventRow.Of(subject).ToList();
        var emergent = events.Where(one => one.Emergence == TreatmentEmergence.Emergent).OrderBy(one => one.Onset!.Value.Date).ThenBy(one => one.Number).ToList();
        var (classes, terms) = (FirstOf(coding => coding.Soc), FirstOf(coding => coding.Pt));
        return events.Select(one => new AnalysedEventRow(one, emergent.Count > 0 && ReferenceEquals(one, emergent[0]), classes.Contains(one), terms.Contains(one)));

        HashSet<AdverseEventRow> FirstOf(Func<MedDraCoding, string> name) =>
            [.. emergent.Where(one => one.Form.Coding is { } coding && name(coding).Length > 0).DistinctBy(one => name(one.Form.Coding))];
    }

    /// <inheritdoc/>
    public override string? Lacking(IReadOnlyList<object?> row) => Ae.Uncoded(this, row);
}
