using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Equecel.StudyRules;

namespace Equecel.Analytics.Dossiers;

/// <summary>Reads out of a dossier what the derivations ask for.</summary>
internal static class DossierFacts
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static readonly Dictionary<ResponseCategory, Response> OnTheWire =
        Enum.GetValues<Response>().Where(response => Category(response) is not null).ToDictionary(response => Category(response)!.Value);

    /// <summary>Where the participant's data came from: as the participation says; without one, retrospective when any record is.</summary>
    /// <param name="dossier">The participant.</param>
    public static DataOrigin OriginOf(Dossier dossier) => dossier.All<Participation>().Select(found => found.Record.Origin).FirstOrDefault() is var enrolled && enrolled != DataOrigin.Unspecified
        ? enrolled
        : dossier.Records.Select(record => record.Origin).DefaultIfEmpty().Max();

    /// <summary>The latest day of each record that proves that the participant was alive, and those of the infusions after the first.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<DateOnly> ContactsOf(Dossier dossier)
    {
        var infusions = InfusionsOf(dossier);
        return dossier.Records.Select(record => RecordFacts.ContactOf(record.Form)).OfType<DateOnly>().Concat(infusions.Where(date => date > infusions[0]));
    }

    /// <summary>What the endpoints ask of an infused participant; null without an infusion.</summary>
    /// <param name="dossier">The participant.</param>
    public static ParticipantRecords? FindRecords(Dossier dossier)
    {
        var infusions = InfusionsOf(dossier);
        if (infusions.Count == 0)
        {
            return null;
        }

        var computed = dossier.All<ComputedResponse>().ToDictionary(found => found.Form.AssessmentRecordId, found => found.Form);
        return new ParticipantRecords
        {
            InfusionDate = infusions[0],
            Death = dossier.All<Death>().Select(found => PartialDate.Find(found.Form.DeathDate)).FirstOrDefault(date => date is not null),
            Contacts = [.. ContactsOf(dossier)],
            NewTherapies =
            [
                .. infusions.Skip(1),
                .. dossier.All<SubsequentTherapy>().Select(found => PartialDate.FindDay(found.Form.StartDate)).OfType<DateOnly>(),
            ],
            Assessments = [.. dossier.All<DiseaseAssessment>().Select(found => Assessment(found, computed)).OfType<ResponseAssessment>()],
        };
    }

    /// <summary>The way from diagnosis to infusion and home.</summary>
    /// <param name="dossier">The participant.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    public static TreatmentJourney JourneyOf(Dossier dossier, DateOnly? cutoff) => new()
    {
        Diagnosis = PartialDate.Find(dossier.Find<MyelomaHistory>()?.DiagnosisDate ?? ""),
        Enrolment = PartialDate.FindDay(dossier.Find<Participation>()?.EnrolmentDate ?? ""),
        Leukaphereses =
        [
            .. dossier.All<Leukapheresis>().Where(found => !found.Form.SecondInfusion && PartialDate.FindDay(found.Form.CollectionDate) is not null)
                .Select(found => Apheresis.Of(PartialDate.FindDay(found.Form.CollectionDate)!.Value, found.Form)),
        ],
        Lymphodepletion =
        [
            .. dossier.All<Lymphodepletion>().Where(found => !found.Form.SecondInfusion)
                .SelectMany(found => found.Form.Doses).Select(dose => PartialDate.FindDay(dose.DoseDate)).OfType<DateOnly>(),
        ],
        Infusion = FindRecords(dossier)?.InfusionDate,
        Discharge = dossier.All<Safety.V1.HospitalStay>().Where(found => found.Form.Kind == Safety.V1.HospitalStay.Types.Kind.Index)
            .Select(found => PartialDate.FindDay(found.Form.DischargeDate)).FirstOrDefault() is { } day && !(day > cutoff) ? day : null,
    };

    /// <summary>The collection of which the product of the first infusion was made, as <see cref="TreatmentJourney.CollectionDate"/> finds it; null when none can be.</summary>
    /// <param name="dossier">Everything about a participant.</param>
    public static DossierForm<Leukapheresis>? ProductOf(Dossier dossier)
    {
        var day = JourneyOf(dossier, cutoff: null).CollectionDate;
        return dossier.All<Leukapheresis>()
            .Where(found => !found.Form.SecondInfusion && found.Form.CollectionOutcome != Leukapheresis.Types.CollectionOutcome.Failed
                && PartialDate.FindDay(found.Form.CollectionDate) == day)
            .Select(found => (DossierForm<Leukapheresis>?)found)
            .LastOrDefault();
    }

    /// <summary>The category of a response; null when none was given.</summary>
    /// <param name="response">As it is on the wire.</param>
    public static ResponseCategory? Category(Response response) => response switch
    {
        Response.StringentComplete => ResponseCategory.StringentCompleteResponse,
        Response.Complete => ResponseCategory.CompleteResponse,
        Response.VeryGoodPartial => ResponseCategory.VeryGoodPartialResponse,
        Response.Partial => ResponseCategory.PartialResponse,
        Response.Minimal => ResponseCategory.MinimalResponse,
        Response.StableDisease => ResponseCategory.StableDisease,
        Response.ProgressiveDisease => ResponseCategory.ProgressiveDisease,
        Response.NotEvaluable => ResponseCategory.NotEvaluable,
        _ => null,
    };

    /// <summary>A category as it is on the wire.</summary>
    /// <param name="category">The category.</param>
    public static Response ToV1(ResponseCategory category) => OnTheWire[category];

    private static List<DateOnly> InfusionsOf(Dossier dossier) =>
    [
        .. dossier.All<Infusion>().Select(found => found.Form.StartTime).Where(start => start is not null)
            .Select(start => DateOnly.FromDateTime(start.ToDateTime() + China)).Order(),
    ];

    private static ResponseAssessment? Assessment(DossierForm<DiseaseAssessment> found, Dictionary<string, ComputedResponse> computed)
    {
        if (PartialDate.FindDay(found.Form.ResponseDate) is not { } date)
        {
            return null;
        }

        var algorithm = computed.GetValueOrDefault($"{found.Record.RecordId}");
        return new ResponseAssessment(
            date,
            Category(found.Form.InvestigatorResponse),
            algorithm is null ? null : Category(algorithm.ConfirmedResponse),
            found.Form.ProgressionReasons.Any(IsCertain));
    }

    // The laboratory needs a second assessment; what is seen does not.
    private static bool IsCertain(DiseaseAssessment.Types.ProgressionReason reason) => reason is
        DiseaseAssessment.Types.ProgressionReason.Marrow or DiseaseAssessment.Types.ProgressionReason.NewLesion
        or DiseaseAssessment.Types.ProgressionReason.LesionGrowth;
}
