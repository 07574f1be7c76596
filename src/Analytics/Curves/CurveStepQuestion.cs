using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tables;
using Part = Equecel.Analytics.V1.CurveStep.Types.Part;

namespace Equecel.Analytics.Curves;

/// <summary>A question for who is behind a step of a curve, with every field good.</summary>
internal sealed record CurveStepQuestion
{
    private CurveStepQuestion()
    {
    }

    /// <summary>Whom the curve is about.</summary>
    public required StudyPopulation Population { get; init; }

    /// <summary>What splits the participants.</summary>
    public required V1.Grouping Grouping { get; init; }

    /// <summary>Instant to answer as of; null for now.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Label of the snapshot whose instant to answer as of instead; empty for none.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Cut-off date; null for none.</summary>
    public required DateOnly? Cutoff { get; init; }

    /// <summary>The time of an infused participant, as the curve has it; null for one whom it is not about.</summary>
    public required Func<ClinicalCourse, TimeToEvent?> TimeOf { get; init; }

    /// <summary>Whether the curve is of overall survival, which assessments of the disease decide nothing of.</summary>
    public required bool IsOverallSurvival { get; init; }

    /// <summary>The group; empty for everybody.</summary>
    public required string Group { get; init; }

    /// <summary>Day of the step, the infusion day being day 1.</summary>
    public required int Days { get; init; }

    /// <summary>Who of the participants.</summary>
    public required Part Part { get; init; }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT naming every field at fault.</exception>
    public static CurveStepQuestion Parse(V1.ListCurveContributorsRequest request, DateTimeOffset now)
    {
        ScopeChecks.Demand(CurveStepChecks.Run(request, now));
        var step = request.Step;
        if (step.Incidence is { } incidence)
        {
            var time = CurveScope.Of(incidence).Time;
            return new CurveStepQuestion
            {
                Population = StudyPopulation.Of(incidence.Population),
                Grouping = incidence.Grouping,
                AsOf = incidence.AsOfTime?.ToDateTimeOffset(),
                Snapshot = incidence.Snapshot,
                Cutoff = PartialDate.FindDay(incidence.DataCutoffDate),
                TimeOf = course => time.Derive(course),
                IsOverallSurvival = false,
                Group = step.Group,
                Days = (int)step.Days,
                Part = step.Part,
            };
        }

        var survival = SurvivalQuestion.Parse(step.Survival, now);
        var survivalTime = survival.Scope.Time;
        return new CurveStepQuestion
        {
            Population = StudyPopulation.Of(survival.Population),
            Grouping = survival.Grouping,
            AsOf = survival.AsOfTime,
            Snapshot = survival.Snapshot,
            Cutoff = survival.Cutoff,
            TimeOf = course => survivalTime.Derive(course),
            IsOverallSurvival = survival.Endpoint == V1.Endpoint.OverallSurvival,
            Group = step.Group,
            Days = (int)step.Days,
            Part = step.Part,
        };
    }

    /// <summary>Whether the curve is about a participant.</summary>
    /// <param name="subject">The participant.</param>
    public bool Includes(Subject subject) =>
        subject.Course is not null
        && Population.Includes(subject)
        && (Group.Length == 0 || Groups.Of(subject, Grouping)?.Key == Group);

    /// <summary>Whether a participant of the curve is at the step.</summary>
    /// <param name="time">The participant's time.</param>
    public bool IsAtStep(TimeToEvent time) => Part switch
    {
        Part.AtRisk => time.Days >= Days,
        Part.Event => time.Days == Days && time.Outcome == CompetingOutcome.Event,
        Part.CompetingEvent => time.Days == Days && time.Outcome == CompetingOutcome.CompetingEvent,
        Part.Censored => time.Days == Days && time.Outcome == CompetingOutcome.Censored,
        _ => time.Days == Days,
    };
}
