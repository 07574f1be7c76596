using Google.Protobuf.Collections;
using static Equecel.Analytics.Endpoints.ScopeChecks;
using Enum = System.Enum;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Endpoints;

/// <summary>What can be wrong with a request for a survival curve, whatever the data.</summary>
internal static class SurvivalRequestChecks
{
    private const int MaxTimes = 100;
    private const int MaxQuantiles = 20;

    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <returns>One for each field at fault; empty when all are good.</returns>
    public static IEnumerable<Violation> Run(V1.GetSurvivalCurveRequest request, DateTimeOffset now) =>
        ScopeChecks.Run(request.Population, request.Grouping, request.AsOfTime, request.DataCutoffDate, request.ConfidenceLevel, now)
            .Prepend(Check(request.Endpoint != V1.Endpoint.Unspecified && Enum.IsDefined(request.Endpoint), "endpoint", "Required. Take a value of Endpoint."))
            .Append(Check(EndsWithProgression(request) || !request.CensorAtNewTherapy, "censor_at_new_therapy", "For progression-free survival and duration of response only. Leave it out."))
            .Append(Check(EndsWithProgression(request) || !request.CensorAfterMissedAssessments, "censor_after_missed_assessments", "For progression-free survival and duration of response only. Leave it out."))
            .Append(Check(Enum.IsDefined(request.IntervalType), "interval_type", "No such interval. Take a value of IntervalType."))
            .Concat(Times(request.AtDays))
            .Concat(Numbers(request.Quantiles, "quantiles", MaxQuantiles, share => share is > 0 and < 1, "Give a share above 0 and below 1."))
            .OfType<Violation>();

    /// <summary>What is wrong with times, in days.</summary>
    /// <param name="days">The times.</param>
    public static IEnumerable<Violation?> Times(RepeatedField<double> days) =>
        Numbers(days, "at_days", MaxTimes, day => day >= 0 && double.IsFinite(day), "Give a number of days from 0 up.");

    private static bool EndsWithProgression(V1.GetSurvivalCurveRequest request) =>
        request.Endpoint is V1.Endpoint.ProgressionFreeSurvival or V1.Endpoint.DurationOfResponse;

    private static IEnumerable<Violation?> Numbers(RepeatedField<double> numbers, string field, int most, Func<double, bool> isGood, string message) => numbers
        .Take(most)
        .Select((number, i) => Check(isGood(number), $"{field}[{i}]", message))
        .Append(Check(numbers.Count <= most, field, $"Give at most {most}."));
}
