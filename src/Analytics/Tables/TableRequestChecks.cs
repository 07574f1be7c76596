using Equecel.Analytics.Endpoints;
using static Equecel.Analytics.Endpoints.ScopeChecks;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Tables;

/// <summary>What can be wrong with a request for a table, whatever the data. A switch that its table does not have is refused and not passed over.</summary>
internal static class TableRequestChecks
{
    private const int LargestTolerance = 28;
    private const int LargestWindow = 3650;
    private const string ForBestResponse = "For the best response only. Leave it out.";
    private const string ForAdverseEvents = "For the tables of adverse events only. Leave it out.";
    private const string ForQualityOfLife = "For the quality of life only. Leave it out.";

    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <returns>One for each field at fault; empty when all are good.</returns>
    public static IEnumerable<Violation> Run(V1.GetTableRequest request, DateTimeOffset now)
    {
        var (isBestResponse, isQualityOfLife) = (request.Topic == V1.Topic.BestResponse, request.Topic == V1.Topic.QualityOfLife);
        var isAdverseEvents = request.Topic is V1.Topic.AdverseEvents or V1.Topic.AdverseEventsByTerm or V1.Topic.AdverseEventsByClass;
        return ScopeChecks.Run(request.Population, request.Grouping, request.AsOfTime, request.Snapshot, request.DataCutoffDate, request.ConfidenceLevel, now)
            .Prepend(Check(TopicList.Find(request.Topic) is not null, "topic", "Required. Take a value of Topic."))
            .Append(Check(Enum.IsDefined(request.ProportionInterval), "proportion_interval", "No such interval. Take a value of ProportionInterval."))
            .Append(Basis(request))
            .Append(Check(request.WindowToleranceDays == 0 || isBestResponse, "window_tolerance_days", ForBestResponse)
                ?? Check(request.WindowToleranceDays is >= 0 and <= LargestTolerance, "window_tolerance_days", $"Give 0 to {LargestTolerance} days."))
            .Append(Check(!request.EvaluableOnly || isBestResponse, "evaluable_only", ForBestResponse))
            .Append(Check(request.QlqC30Threshold == 0 || isQualityOfLife, "qlq_c30_threshold", ForQualityOfLife)
                ?? Check(request.QlqC30Threshold is >= 0 and <= 100, "qlq_c30_threshold", "Give points above 0 and up to 100, or 0 for 10."))
            .Append(Check(request.Eq5DThreshold == 0 || isQualityOfLife, "eq5d_threshold", ForQualityOfLife)
                ?? Check(request.Eq5DThreshold is >= 0 and <= 2, "eq5d_threshold", "Give a difference above 0 and up to 2, or 0 for 0.069."))
            .Append(Check(!request.ExposureAdjustedRates || isAdverseEvents, "exposure_adjusted_rates", ForAdverseEvents))
            .Append(Check(request.AdverseEventWindowDays == 0 || isAdverseEvents, "adverse_event_window_days", ForAdverseEvents)
                ?? Check(request.AdverseEventWindowDays is >= 0 and <= LargestWindow, "adverse_event_window_days", $"Give 1 to {LargestWindow} days, or 0 for 168."))
            .OfType<Violation>();
    }

    // As assessed is what unset means, and goes with every table.
    private static Violation? Basis(V1.GetTableRequest request) => request.ResponseBasis switch
    {
        V1.ResponseBasis.Unspecified or V1.ResponseBasis.AsAssessed => null,
        V1.ResponseBasis.Confirmed => Check(
            request.Topic is V1.Topic.BestResponse or V1.Topic.TimeToResponse, "response_basis", "Confirmed for the best response and the time to response only. Leave it out."),
        V1.ResponseBasis.Algorithmic => Check(request.Topic == V1.Topic.BestResponse, "response_basis", "Algorithmic for the best response only: as assessed or confirmed for the time to response."),
        _ => Check(false, "response_basis", "No such basis. Take a value of ResponseBasis."),
    };
}
