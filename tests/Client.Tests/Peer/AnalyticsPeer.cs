using Equecel.Analytics.V1;
using Grpc.Core;

namespace Equecel.Client.Tests.Peer;

/// <summary>Analytics, as a test tells it to answer.</summary>
public sealed class AnalyticsPeer : AnalyticsService.AnalyticsServiceBase
{
    public Func<GetSurvivalCurveRequest, SurvivalCurve> OnCurve { get; set; } = _ => new();

    public Dictionary<string, List<WitnessedHash>> Witnessed { get; } = new() { ["enrolment"] = [], ["assessment"] = [], ["safety"] = [] };

    public override Task<SurvivalCurve> GetSurvivalCurve(GetSurvivalCurveRequest request, ServerCallContext context) =>
        Task.FromResult(OnCurve(request));

    public override async Task ListWitnessedHashes(
        ListWitnessedHashesRequest request, IServerStreamWriter<WitnessedHash> responseStream, ServerCallContext context)
    {
        foreach (var hash in Witnessed[request.Service])
        {
            await responseStream.WriteAsync(hash);
        }
    }
}
