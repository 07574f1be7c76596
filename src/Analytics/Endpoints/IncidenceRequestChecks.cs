using static Equecel.Analytics.Endpoints.ScopeChecks;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Endpoints;

/// <summary>What can be wrong with a request for a cumulative incidence, whatever the data.</summary>
internal static class IncidenceRequestChecks
{
    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    public static IEnumerable<Violation?> Run(V1.GetIncidenceCurveRequest request, DateTimeOffset now) =>
        ScopeChecks.Run(request.Population, request.Grouping, request.AsOfTime, request.Snapshot, request.DataCutoffDate, request.ConfidenceLevel, now)
            .Prepend(Check(request.Endpoint != V1.IncidenceEndpoint.Unspecified && Enum.IsDefined(request.Endpoint), "endpoint", "Required. Take a value of IncidenceEndpoint."))
            .Append(Check(
                request.ResponseBasis is V1.ResponseBasis.Unspecified or V1.ResponseBasis.AsAssessed or V1.ResponseBasis.Confirmed,
                "response_basis", "As assessed or confirmed."))
            .Concat(SurvivalRequestChecks.Times(request.AtDays));
}
