using Equecel.Analytics.Derivation;
using Reason = Equecel.Assessment.V1.DiseaseAssessment.Types.ProgressionReason;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>SUPPRS: on what a progression rests, when new therapy began, and where the data of a finding came from.</summary>
internal sealed class SuppRs() : Supplement("RS")
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Supprs;

    /// <inheritdoc/>
    public override string Method =>
        "Of a progression, PDIFL: by a new or growing lesion, PDOFL: by blood, urine, marrow or clinical signs, DTHPDFL: by a death from it; NACTDT: start of new anti-myeloma therapy, "
        + "beside every overall response; PROVEN: where the record's data came from";

    /// <inheritdoc/>
    protected override IEnumerable<QualifierRow> Find(DatasetSubject subject) =>
        subject.Responses.SelectMany(row => Reasons(row).Concat(NewTherapy(row)).Concat(QualifierRow.Provenance(subject, row.Number, row.Record.Origin)));

    private static IEnumerable<QualifierRow> Reasons(ResponseRow row) => row.Category != ResponseCategory.ProgressiveDisease ? [] :
        row.Form.ProgressionReasons.Select(FlagOf).OfType<(string Name, string Label)>().Distinct()
            .Select(flag => new QualifierRow(row.Subject, row.Number, flag.Name, flag.Label, "Y"));

    private static IEnumerable<QualifierRow> NewTherapy(ResponseRow row) =>
        row.Category is not null && Dtc.Text(row.Subject.Subject.Course?.NewTherapyDate) is { } date
            ? [new QualifierRow(row.Subject, row.Number, "NACTDT", "New Anti-Myeloma Therapy Date", date, "Derived")]
            : [];

    private static (string Name, string Label)? FlagOf(Reason reason) => reason switch
    {
        Reason.NewLesion or Reason.LesionGrowth => ("PDIFL", "Progression by Imaging"),
        Reason.Death => ("DTHPDFL", "Death Due to Progression"),
        Reason.Unspecified => null,
        _ => ("PDOFL", "Progression by Other Evidence"),
    };
}
