using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;
using SubmitRecordRequest = Equecel.Assessment.V1.SubmitRecordRequest;

namespace Equecel.Assessment.Tests;

/// <summary>Forms as a site sends them, with nothing wrong. The infusion was on 1 March 2024.</summary>
internal static class Form
{
    /// <summary>Baseline ten days before the infusion: serum M-protein 38 g/L.</summary>
    public static DiseaseAssessment Baseline() => Assessment(Visit.Baseline, "2024-02-20", form =>
    {
        (form.SerumMProteinGPerL, form.SerumImmunofixation) = (38, Immunofixation.Positive);
        (form.KappaMgPerL, form.LambdaMgPerL) = (420, 8);
        (form.MarrowMethod, form.MarrowPlasmaCellsPercent) = (MarrowMethod.Aspirate, 45);
    });

    /// <summary>Week 4: 3 g/L, a very good partial response.</summary>
    public static DiseaseAssessment Week4() => Assessment(Visit.Week4, "2024-03-29", form =>
    {
        (form.SerumMProteinGPerL, form.SerumImmunofixation, form.SerumBand) = (3, Immunofixation.Positive, Band.Original);
        form.InvestigatorResponse = Response.VeryGoodPartial;
    });

    /// <summary>Week 8: nothing left, a stringent complete response.</summary>
    public static DiseaseAssessment Week8() => Assessment(Visit.Week8, "2024-04-26", form =>
    {
        (form.SerumMProteinGPerL, form.SerumImmunofixation) = (0, Immunofixation.Negative);
        (form.MarrowMethod, form.MarrowPlasmaCellsPercent) = (MarrowMethod.Both, 1);
        (form.MarrowClonality, form.ClonalityMethod, form.ClonalityCellCount) = (CellSearch.Negative, ClonalityMethod.Immunohistochemistry, 150);
        form.InvestigatorResponse = Response.StringentComplete;
    });

    public static DiseaseAssessment Assessment(Visit visit, string date, Action<DiseaseAssessment> change)
    {
        var form = new DiseaseAssessment
        {
            Visit = visit,
            ResponseDate = date,
            UrineMProteinMgPer24H = 0,
            UrineVolumeMl = 1500,
            UrineImmunofixation = Immunofixation.Negative,
            KappaMgPerL = 10,
            LambdaMgPerL = 10,
            WhiteCellsE9PerL = 4,
            NeutrophilsE9PerL = 2,
            LymphocytesE9PerL = 1,
            PlateletsE9PerL = 150,
            HaemoglobinGPerL = 110,
            CreatinineUmolPerL = 80,
            CalciumMmolPerL = 2.3,
            AlbuminGPerL = 40,
            AltUPerL = 20,
            AstUPerL = 20,
            BilirubinUmolPerL = 10,
            LdhUPerL = 200,
            Beta2MicroglobulinMgPerL = 2,
        };
        change(form);
        return form;
    }

    public static Plasmacytoma Lesion(double length = 20, double width = 15, ImagingMethod method = ImagingMethod.Ct, string id = "1") =>
        new() { LesionId = id, LongDiameterMm = length, ShortAxisMm = width, Method = method, SoftTissue = YesNoUnknown.Yes };

    /// <summary>Says what imaging saw.</summary>
    public static void Image(this DiseaseAssessment form, string date, params Plasmacytoma[] lesions)
    {
        form.ImagingDate = date;
        form.Plasmacytomas.Add(lesions);
    }

    /// <summary>Says that the disease progressed.</summary>
    public static void Progress(this DiseaseAssessment form, ProgressionReason reason)
    {
        form.InvestigatorResponse = Response.ProgressiveDisease;
        form.ProgressionReasons.Add(reason);
    }

    public static SubmitRecordRequest Submit(string participant, DiseaseAssessment form) => new()
    {
        Header = new SubmissionHeader { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = DataOrigin.Prospective },
        DiseaseAssessment = form,
    };

    /// <summary>The same form with a change, as an amendment of a record.</summary>
    public static SubmitRecordRequest Amend(AssessmentRecord record, Action<DiseaseAssessment> change)
    {
        var request = Submit(record.Header.Participant, record.DiseaseAssessment.Clone());
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Typed wrong";
        change(request.DiseaseAssessment);
        return request;
    }

    public static ParticipantFacts Facts(string participant = "01-0001") => new()
    {
        Participant = participant,
        Site = participant[..2],
        Origin = DataOrigin.Prospective,
        BirthYearMonth = "1960-05",
        ConsentDate = "2024-01-10",
        EnrolmentDate = "2024-01-11",
        InfusionDate = "2024-03-01",
        Revision = 3,
    };

    /// <summary>What checks are told about a form, on 1 July 2024.</summary>
    public static FormContext Context(params DiseaseAssessment[] others) => new()
    {
        Participant = "01-0001",
        Site = "01",
        Origin = DataOrigin.Prospective,
        Today = new DateOnly(2024, 7, 1),
        Facts = Facts(),
        Others = [.. others.Select((form, i) => new CurrentRecord($"{i}", form, new Dictionary<string, MissingReason>()))],
    };

    /// <summary>Findings in short: <c>A03? serum_m_protein_g_per_l</c> for a query, with an exclamation mark when hard.</summary>
    public static string Brief(this IEnumerable<Finding?> findings) => string.Join(", ", findings.OfType<Finding>()
        .Select(finding => $"{finding.Code}{(finding.Severity == Severity.Hard ? '!' : '?')} {finding.Field}"));
}
