using Equecel.Analytics.Datasets.Tabulation;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>ADSL: a row a participant.</summary>
internal sealed class Adsl : StudyDatasetOf<SubjectRow>
{
    /// <inheritdoc/>
    public override V1.Dataset Dataset => V1.Dataset.Adsl;

    /// <inheritdoc/>
    public override string Label => "Subject-Level Analysis Dataset";

    /// <inheritdoc/>
    public override string Method =>
        "Everybody of DM; SAFFL: infused; FASFL: infused, and not dead before; EVALFL: with an adequate assessment after infusion; a missing day of death completed by section 12.8 (DTHDTF D); "
        + "profile of the baseline as Enrolment computed it, U where it is not known";

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable<SubjectRow>> Variables => field ??=
    [
        .. OfSubject(),
        Text("AGEGR1", "Pooled Age Group 1", 5, row => row.Subject.AgeYears is { } age ? age < 65 ? "<65" : ">=65" : null),
        Whole("AGEGR1N", "Pooled Age Group 1 (N)", row => row.Subject.AgeYears is { } age ? age < 65 ? 1 : 2 : null),
        Text("RACE", "Race", 12, _ => "NOT REPORTED"),
        Text("ETHGRP", "Ethnic Group in China", 20, row => row.Subject.Participation is { } person ? Codes.Words(person.Ethnicity) : null),
        Text("COUNTRY", "Country", 3, _ => "CHN"),
        Text("ARM", "Description of Planned Arm", 30, row => row.Subject.IsScreenFailure ? "SCREEN FAILURE" : Codes.Arm),
        Text("ACTARM", "Description of Actual Arm", 30, row => row.Subject.TreatmentStart is null ? null : Codes.Arm),
        Day("TRTEDT", "Date of Last Exposure to Treatment", row => row.Subject.TreatmentEnd),
        YesNo("ENRLFL", "Enrolled Population Flag", row => row.Subject.EnrolmentDate is not null),
        YesNo("EVALFL", "Efficacy-Evaluable Population Flag", row => row.Subject is { IsAnalysed: true, Endpoints.IsEvaluable: true }),
        Day("RFICDT", "Date of Informed Consent", row => row.Subject.ConsentDate),
        Day("ENRLDT", "Date of Enrollment", row => row.Subject.EnrolmentDate),
        Day("LSTALVDT", "Date Last Known Alive", row => row.Subject.LastAliveDate),
        Day("DTHDT", "Date of Death", row => row.Subject.DeathDate),
        Text("DTHDTF", "Date of Death Imputation Flag", 1, row => row.Subject is { DeathDate: not null, DeathForm.Form.DeathDate.Length: 7 } ? "D" : null),
        Flag("DTHFL", "Subject Death Flag", row => row.Subject.DeathDate is not null),
        Text("DTHCAUS", "Cause of Death", 40, row => row.Subject is { DeathDate: not null, DeathForm.Form: { } death } ? Codes.Words(death.PrimaryCause) : null),
        Text("EOSSTT", "End of Study Status", 12, row => DispositionRow.FindEnd(row.Subject)?.Coded switch { null => "ONGOING", "COMPLETED" => "COMPLETED", _ => "DISCONTINUED" }),
        Day("EOSDT", "End of Study Date", row => Cohort.PartialDate.FindDay(DispositionRow.FindEnd(row.Subject)?.Date ?? "")),
        Text("DCSREAS", "Reason for Discontinuation from Study", 40, row => DispositionRow.FindEnd(row.Subject)?.Coded is { } end and not "COMPLETED" ? end : null),
        Day("NACTDT", "Start of New Anti-Myeloma Therapy", row => row.Subject.Subject.Course?.NewTherapyDate),
        Whole("ECOGBL", "ECOG Performance Status at Baseline", row => row.Subject.Participation is { HasEcog: true } person ? person.Ecog : null),
        Exact("BMIBL", "Body Mass Index at Baseline (kg/m2)", row => Profile(row) is { HasBmiKgPerM2: true } profile ? Math.Round((decimal)profile.BmiKgPerM2, 6) : null),
        Whole("PRLINES", "Number of Prior Lines of Therapy", row => Profile(row) is { HasPriorLineCount: true } profile ? profile.PriorLineCount : null),
        Text("ISSDX", "ISS Stage at Diagnosis", 7, row => Stage(Profile(row)?.IssAtDiagnosis)),
        Text("RISSDX", "R-ISS Stage at Diagnosis", 7, row => Stage(Profile(row)?.RissAtDiagnosis)),
        Answer("HRCYTO", "High-Risk Cytogenetics, Broad Set", profile => profile.HighRiskBroad),
        Answer("EXTRAMED", "Extramedullary Disease", profile => profile.Extramedullary),
        Answer("RENALIMP", "Renal Impairment at Baseline", profile => profile.RenalImpairment),
        Answer("TCLSREF", "Triple-Class Refractory", profile => profile.TripleClassRefractory),
        Answer("TCLSEXP", "Triple-Class Exposed", profile => profile.TripleClassExposed),
        Answer("PENTAREF", "Penta-Drug Refractory", profile => profile.PentaDrugRefractory),
        Answer("PRBCMA", "Prior BCMA-Directed Therapy", profile => profile.PriorBcma),
        Answer("PRASCT", "Prior Autologous Transplant", profile => profile.PriorAsct),
        Answer("BRIDGE", "Bridging Therapy Given", profile => profile.BridgingGiven),
        Whole("V2VDAYS", "Vein-to-Vein Time (Days)", row => row.Subject.TreatmentStart is not null && Profile(row) is { HasVeinToVeinDays: true } profile ? profile.VeinToVeinDays : null),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<SubjectRow> Find(DatasetSubject subject) => [new SubjectRow(subject)];

    private static Variable<SubjectRow> Answer(string name, string label, Func<BaselineProfile, YesNoUnknown> answer) =>
        Text(name, label, 1, row => Codes.Letter(Profile(row) is { } profile ? answer(profile) : null));

    private static BaselineProfile? Profile(SubjectRow row) => row.Subject.Dossier.Find<BaselineProfile>();

    private static string? Stage(MyelomaHistory.Types.Stage? stage) =>
        stage is { } told && Codes.Words(told) is { } words ? words.Replace(" ", "", StringComparison.Ordinal) : null;
}
