using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tables;
using static Equecel.Analytics.Endpoints.ScopeChecks;
using CurveCase = Equecel.Analytics.V1.CurveStep.CurveOneofCase;
using Part = Equecel.Analytics.V1.CurveStep.Types.Part;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Curves;

/// <summary>What can be wrong with a question for who is behind a step of a curve, whatever the data.</summary>
internal static class CurveStepChecks
{
    private const int LongestGroup = 100;
    private const double LastDay = 100_000;

    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    public static IEnumerable<Violation?> Run(V1.ListCurveContributorsRequest request, DateTimeOffset now) =>
        (request.Step is { } step ? Step(step, now) : [Check(false, "step", "Required. Name the curve and the day.")])
            .Concat(Contributors.PageFaults(request.PageSize, request.PageToken));

    private static IEnumerable<Violation?> Step(V1.CurveStep step, DateTimeOffset now)
    {
        var (curve, field) = step.CurveCase switch
        {
            CurveCase.Survival => (SurvivalRequestChecks.Run(step.Survival, now), "step.survival."),
            CurveCase.Incidence => (IncidenceRequestChecks.Run(step.Incidence, now), "step.incidence."),
            _ => ([Check(false, "survival", "Required. The request that made the curve, here or in incidence.")], "step."),
        };
        var grouping = step.CurveCase == CurveCase.Incidence ? step.Incidence.Grouping : step.Survival?.Grouping ?? V1.Grouping.Unspecified;
        return curve.OfType<Violation>().Select(violation => new Violation { Field = field + violation.Field, Description = violation.Description })
            .Append(Check(
                step.Group.Length == 0 || (grouping != V1.Grouping.Unspecified && step.Group.Length <= LongestGroup),
                "step.group", "The curve has no such group. Ask for its grouping, and take the group of one of its strata; or leave it empty for everybody."))
            .Append(Check(
                step.Days is >= 1 and <= LastDay && double.IsInteger(step.Days),
                "step.days", "Required. Give a whole number of days from 1 up, as a point of the curve has it."))
            .Append(Check(Enum.IsDefined(step.Part), "step.part", "No such part. Take a value of Part."))
            .Append(Check(
                step.Part != Part.CompetingEvent || step.CurveCase != CurveCase.Survival,
                "step.part", "Nothing precludes the event of a survival curve. Ask for those with the event or those censored."));
    }
}
