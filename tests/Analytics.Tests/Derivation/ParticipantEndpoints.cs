using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

/// <summary>The time and response endpoints of one infused participant, with every sensitivity analysis of the plan.</summary>
/// <remarks>Rule set RWS-1.</remarks>
internal sealed record ParticipantEndpoints
{
    /// <summary>Best response within 24 weeks as the investigator assessed it: the primary one.</summary>
    public required BestOverallResponse BestAsAssessed { get; init; }

    /// <summary>The same, confirmed.</summary>
    public required BestOverallResponse BestConfirmed { get; init; }

    /// <summary>The same, as the IMWG algorithm confirms it.</summary>
    public required BestOverallResponse BestComputed { get; init; }

    /// <summary>Best confirmed response over all follow-up.</summary>
    public required BestOverallResponse BestConfirmedOverall { get; init; }

    /// <summary>Whether there is an adequate assessment after the infusion, as the efficacy-evaluable population asks.</summary>
    public required bool IsEvaluable { get; init; }

    /// <summary>Progression-free survival: the primary one.</summary>
    public required TimeToEvent Pfs { get; init; }

    /// <summary>Sensitivity S1: new therapy censors.</summary>
    public required TimeToEvent PfsS1 { get; init; }

    /// <summary>Sensitivity S2: missed assessments censor.</summary>
    public required TimeToEvent PfsS2 { get; init; }

    /// <summary>Both.</summary>
    public required TimeToEvent PfsS1S2 { get; init; }

    /// <summary>Overall survival. With event and censoring exchanged it is the time of follow-up.</summary>
    public required TimeToEvent Os { get; init; }

    /// <summary>Time to the first recorded partial response or better.</summary>
    public required TimeToEvent Ttr { get; init; }

    /// <summary>Time to the first recorded complete response or better.</summary>
    public required TimeToEvent Ttcr { get; init; }

    /// <summary>Time to confirmed partial response or better.</summary>
    public required TimeToEvent TtrConfirmed { get; init; }

    /// <summary>Time to confirmed complete response or better.</summary>
    public required TimeToEvent TtcrConfirmed { get; init; }

    /// <summary>Duration of the recorded response; null for a non-responder.</summary>
    public required TimeToEvent? Dor { get; init; }

    /// <summary>Derives them all.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="schedule">When assessments were due; the study's when left out.</param>
    public static ParticipantEndpoints Derive(ClinicalCourse course, AssessmentSchedule? schedule = null) => new()
    {
        BestAsAssessed = BestOverallResponse.Derive(course),
        BestConfirmed = BestOverallResponse.Derive(course, ResponseRule.Confirmed),
        BestComputed = BestOverallResponse.Derive(course, ResponseRule.Computed),
        BestConfirmedOverall = BestOverallResponse.Derive(course, ResponseRule.Confirmed, windowDays: null),
        IsEvaluable = course.LastAdequate is not null,
        Pfs = ProgressionFreeSurvival.Derive(course),
        PfsS1 = ProgressionFreeSurvival.Derive(course, PfsCensoring.NewTherapy),
        PfsS2 = ProgressionFreeSurvival.Derive(course, PfsCensoring.MissedAssessments, schedule),
        PfsS1S2 = ProgressionFreeSurvival.Derive(course, PfsCensoring.NewTherapy | PfsCensoring.MissedAssessments, schedule),
        Os = TimeToDeath.Derive(course),
        Ttr = TimeToResponse.Derive(course, ResponseCategory.PartialResponse),
        Ttcr = TimeToResponse.Derive(course, ResponseCategory.CompleteResponse),
        TtrConfirmed = TimeToResponse.Derive(course, ResponseCategory.PartialResponse, ResponseRule.Confirmed),
        TtcrConfirmed = TimeToResponse.Derive(course, ResponseCategory.CompleteResponse, ResponseRule.Confirmed),
        Dor = DurationOfResponse.Derive(course),
    };
}
