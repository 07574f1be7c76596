using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Operations;
using Equecel.Analytics.Report;
using Equecel.Analytics.Tables;
using Equecel.Analytics.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics;

/// <summary>The study's results, as the contract offers them.</summary>
internal sealed class AnalyticsGrpcService(
    SurvivalAnswers survival, IncidenceAnswers incidence, TableAnswers tables, SwimmerAnswers swimmer, ReportAnswers reports, IEnumerable<CaptureService> services, WitnessedHashes hashes, OperatorRpcs operators, TimeProvider time)
    : AnalyticsService.AnalyticsServiceBase
{
    public override Task<SurvivalCurve> GetSurvivalCurve(GetSurvivalCurveRequest request, ServerCallContext context) =>
        survival.GetAsync(SurvivalQuestion.Parse(request, time.GetUtcNow()), context.CancellationToken);

    public override Task<IncidenceCurve> GetIncidenceCurve(GetIncidenceCurveRequest request, ServerCallContext context) =>
        incidence.GetAsync(request, context.CancellationToken);

    public override Task<Table> GetTable(GetTableRequest request, ServerCallContext context) => tables.GetAsync(request, context.CancellationToken);

    public override Task<ListContributorsResponse> ListContributors(ListContributorsRequest request, ServerCallContext context) =>
        tables.ListContributorsAsync(request, context.CancellationToken);

    public override Task GetReport(GetReportRequest request, IServerStreamWriter<ReportPart> responseStream, ServerCallContext context) =>
        reports.SendAsync(request, responseStream.WriteAsync, context.CancellationToken);

    public override Task ListSwimmerLanes(ListSwimmerLanesRequest request, IServerStreamWriter<SwimmerItem> responseStream, ServerCallContext context) =>
        swimmer.AnswerAsync(request, responseStream.WriteAsync, context.CancellationToken);

    public override async Task ListWitnessedHashes(
        ListWitnessedHashesRequest request, IServerStreamWriter<WitnessedHash> responseStream, ServerCallContext context)
    {
        if (!services.Any(service => service.Name == request.Service))
        {
            throw RpcError.InvalidField("service", $"Name one of: {string.Join(", ", services.Select(service => service.Name))}.");
        }

        try
        {
            await foreach (var (recordId, version, hash) in hashes.ReadAsync(request.Service, context.CancellationToken))
            {
                await responseStream.WriteAsync(
                    new WitnessedHash { RecordId = recordId.ToString(), Version = version, Hash = UnsafeByteOperations.UnsafeWrap(hash) }, context.CancellationToken);
            }
        }
        catch (NpgsqlException)
        {
            throw RpcError.DependencyDown("The database of Analytics", TimeSpan.FromSeconds(1));
        }
    }

    public override Task<IngestionStatus> GetIngestionStatus(GetIngestionStatusRequest request, ServerCallContext context) =>
        operators.GetStatusAsync(context.CancellationToken);

    public override Task<ListParkedMessagesResponse> ListParkedMessages(ListParkedMessagesRequest request, ServerCallContext context) =>
        operators.ListAsync(request, context.CancellationToken);

    public override Task ReplayParkedMessages(
        ReplayParkedMessagesRequest request, IServerStreamWriter<ReplayedMessage> responseStream, ServerCallContext context) =>
        operators.ReplayAsync(request, Caller.Of(context).Actor, responseStream.WriteAsync, context.CancellationToken);

    public override Task Reconcile(ReconcileRequest request, IServerStreamWriter<ReconcileProgress> responseStream, ServerCallContext context) =>
        operators.ReconcileAsync(request, responseStream.WriteAsync, context.CancellationToken);

    public override Task Rebuild(RebuildRequest request, IServerStreamWriter<RebuildProgress> responseStream, ServerCallContext context) =>
        operators.RebuildAsync(request, responseStream.WriteAsync, context.CancellationToken);
}
