using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.StudyRules;
using Google.Protobuf;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Reads from a form what the response depends on, and prepares it: decimals, bands that do not count, limits of detection.</summary>
internal static class FormReading
{
    private const double LargestNumber = 1e9;
    private const decimal CalciumPerAlbumin = 0.02m;
    private const decimal UsualAlbumin = 40;
    private const int FewestCells = 100;

    /// <summary>Reads a form; null while its date is missing or wrong.</summary>
    /// <param name="recordId">Its record.</param>
    /// <param name="form">The form.</param>
    public static AssessedVisit? Read(string recordId, DiseaseAssessment form) => CivilDate.Find(form.ResponseDate) is not { } date
        ? null
        : new AssessedVisit
        {
            RecordId = recordId,
            Date = date,
            Values = Values(form),
            SampleDates = SampleDates(form),
            Lesions = Lesions(form),
            IsSerumSpurious = form.SerumMProteinSpurious,
            IsUrineSpurious = form.UrineMProteinSpurious,
            AreLightChainsSpurious = form.LightChainsSpurious,
            Investigator = ResponseNames.Find(form.InvestigatorResponse),
            IsBeforeInfusion = form.Visit.IsBeforeInfusion(),
            Tie = Convert.ToBase64String(form.ToByteArray()),
        };

    /// <summary>The sum of the products of the diameters of all plasmacytomas with a soft-tissue part, in mm²; null without imaging.</summary>
    /// <param name="form">The form.</param>
    public static decimal? Area(DiseaseAssessment form) =>
        Lesions(form)?.Where(lesion => lesion.IsSoftTissue).Sum(lesion => lesion.Long * lesion.Short);

    /// <summary>A measured value as a decimal. One beyond what can be measured is refused by the ranges, which need the rest of the form to be read.</summary>
    /// <param name="value">The value as sent.</param>
    internal static decimal Number(double value) => double.IsNaN(value) ? 0 : (decimal)Math.Clamp(value, -LargestNumber, LargestNumber);

    private static VisitValues Values(DiseaseAssessment form)
    {
        var serum = Counted(form.SerumImmunofixation, form.SerumBand);
        var urine = Counted(form.UrineImmunofixation, form.UrineBand);
        return new VisitValues
        {
            SerumM = MProtein(form.HasSerumMProteinGPerL ? form.SerumMProteinGPerL : null, form.SerumMProteinComparator, serum),
            SerumIfe = serum,
            UrineM = MProtein(form.HasUrineMProteinMgPer24H ? form.UrineMProteinMgPer24H : null, form.UrineMProteinComparator, urine),
            UrineIfe = urine,
            LightChains = form is { HasKappaMgPerL: true, HasLambdaMgPerL: true }
                ? new LightChains(Number(form.KappaMgPerL), Number(form.LambdaMgPerL))
                : null,
            MarrowPlasmaCells = form.HasMarrowPlasmaCellsPercent ? Number(form.MarrowPlasmaCellsPercent) : null,
            Clonality = Clonality(form),
            PlasmacytomaArea = Area(form),
            LesionCount = form.Plasmacytomas.Count,
            HasNewLesion = form.NewLesion == YesNoUnknown.Yes,
            CirculatingPlasmaCells = form.HasCirculatingPlasmaCellsPerUl ? form.CirculatingPlasmaCellsPerUl : null,
            CorrectedCalcium = form is { HasCalciumMmolPerL: true, HasAlbuminGPerL: true }
                ? Number(form.CalciumMmolPerL) + (CalciumPerAlbumin * (UsualAlbumin - Number(form.AlbuminGPerL)))
                : null,
            IsDeathFromProgression = form.InvestigatorResponse == Response.ProgressiveDisease
                && form.ProgressionReasons.Contains(ProgressionReason.Death),
        };
    }

    // A band of another clone or of a therapeutic antibody is not the myeloma's.
    private static TestResult Counted(Immunofixation result, Band band) => result switch
    {
        Immunofixation.Negative => TestResult.Negative,
        Immunofixation.Positive => band is Band.Different or Band.TherapeuticAntibody ? TestResult.Negative : TestResult.Positive,
        _ => TestResult.NotDone,
    };

    private static decimal? MProtein(double? value, Comparator comparator, TestResult immunofixation) => value is { } number
        ? comparator == Comparator.Less ? 0 : Number(number)
        : immunofixation == TestResult.Negative ? 0 : null;

    private static TestResult Clonality(DiseaseAssessment form) => form.MarrowClonality switch
    {
        // Immunohistochemistry on too few cells proves nothing.
        _ when form is { ClonalityMethod: ClonalityMethod.Immunohistochemistry, HasClonalityCellCount: true, ClonalityCellCount: < FewestCells } =>
            TestResult.NotDone,
        CellSearch.Negative => TestResult.Negative,
        CellSearch.Positive => TestResult.Positive,
        _ => TestResult.NotDone,
    };

    private static List<Lesion>? Lesions(DiseaseAssessment form) => form.HasImagingDate || form.Plasmacytomas.Count > 0
        ? [.. form.Plasmacytomas.Select(lesion => new Lesion(
            lesion.LesionId, Number(lesion.LongDiameterMm), Number(lesion.ShortAxisMm), lesion.SoftTissue != YesNoUnknown.No))]
        : null;

    private static Dictionary<Sample, DateOnly> SampleDates(DiseaseAssessment form)
    {
        var dates = new Dictionary<Sample, DateOnly>();
        foreach (var (sample, text) in new[]
        {
            (Sample.Serum, form.SerumDate), (Sample.Urine, form.UrineDate), (Sample.LightChains, form.LightChainDate),
            (Sample.Marrow, form.MarrowDate), (Sample.Imaging, form.ImagingDate), (Sample.Blood, form.BloodDate),
        })
        {
            if (CivilDate.Find(text) is { } date)
            {
                dates[sample] = date;
            }
        }

        return dates;
    }
}
