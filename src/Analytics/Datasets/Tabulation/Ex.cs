using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>EX: a row an infusion, and a row a drug and day of lymphodepletion.</summary>
internal sealed class Ex : StudyDatasetOf<ExposureRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Ex;

    /// <inheritdoc/>
    public override string Label => "Exposure";

    /// <inheritdoc/>
    public override string Method => "Infusions of the product with their batch, and doses of lymphodepletion (EXCAT LYMPHODEPLETION); EXADJ: why it was reduced; " + Epoch.Method;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<ExposureRow>> Variables => field ??=
    [
        .. Identifiers(),
        Whole("EXSEQ", "Sequence Number", row => row.Number, key: 5),
        Text("EXTRT", "Name of Treatment", 200, row => row.Treatment, key: 3),
        Text("EXCAT", "Category of Treatment", 20, row => row.Category),
        Exact("EXDOSE", "Dose", row => row.Dose),
        Text("EXDOSU", "Dose Units", 30, row => row.Dose is null ? null : row.DoseUnit),
        Text("EXDOSFRM", "Dose Form", 30, row => row.Infusion is null ? null : "INJECTION, SUSPENSION"),
        Text("EXROUTE", "Route of Administration", 20, row => row.Infusion is null ? null : "INTRAVENOUS"),
        Text("EXLOT", "Lot Number", 50, row => row.Infusion?.BatchNumber),
        Text("EXADJ", "Reason for Dose Adjustment", 40, row => row.Adjustment),
        Text("EPOCH", "Epoch", Epoch.Length, row => row.Subject.EpochOf(row.Day)),
        Date("EXSTDTC", "Start Date/Time of Treatment", row => row.Start, key: 4),
        Date("EXENDTC", "End Date/Time of Treatment", row => row.End),
        Whole("EXSTDY", "Study Day of Start of Treatment", row => row.Subject.DayOf(row.Day)),
        Whole("EXENDY", "Study Day of End of Treatment", row => row.Subject.DayOf(row.LastDay)),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ExposureRow> Find(DatasetSubject subject)
    {
        var infusions = subject.Infusions.Select(found => new ExposureRow(subject)
        {
            Infusion = found.Form,
            Treatment = "EQUECABTAGENE AUTOLEUCEL",
            Category = "CAR-T INFUSION",
            Dose = found.Form.HasDoseMillionCells ? (decimal)found.Form.DoseMillionCells : null,
            DoseUnit = "10^6 Therapeutic Cells",
            Start = Dtc.Text(found.Form.StartTime),
            End = Dtc.Text(found.Form.EndTime),
            Day = Dtc.DayOf(found.Form.StartTime),
            LastDay = Dtc.DayOf(found.Form.EndTime),
        });
        var doses =
            from found in subject.Dossier.All<Lymphodepletion>()
            from dose in found.Form.Doses
            where subject.HadHappened(dose.DoseDate)
            let day = Cohort.PartialDate.FindDay(dose.DoseDate)
            select new ExposureRow(subject)
            {
                Treatment = dose.Agent == Lymphodepletion.Types.Agent.Other ? dose.AgentName : Codes.Words(dose.Agent) ?? "UNKNOWN",
                Category = "LYMPHODEPLETION",
                Dose = dose.HasDoseMgPerM2 ? (decimal)dose.DoseMgPerM2 : dose.HasDoseMg ? (decimal)dose.DoseMg : null,
                DoseUnit = dose.HasDoseMgPerM2 ? "mg/m2" : "mg",
                Start = Dtc.Text(dose.DoseDate),
                End = Dtc.Text(dose.DoseDate),
                Day = day,
                LastDay = day,
                Adjustment = found.Form.DoseReduced == YesNoUnknown.Yes ? Codes.Words(found.Form.ReductionReason) : null,
            };
        return infusions.Concat(doses).Select((row, i) => row with { Number = i + 1 });
    }
}
