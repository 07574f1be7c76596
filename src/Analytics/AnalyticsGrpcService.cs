using Equecel.Analytics.Comparison;
using Equecel.Analytics.Curves;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Operations;
using Equecel.Analytics.Report;
using Equecel.Analytics.Snapshots;
using Equecel.Analytics.Tables;
using Equecel.Analytics.V1;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics;

/// <summary>The study's results, as the contract offers them.</summary>
internal sealed class AnalyticsGrpcService(
    SurvivalAnswers survival, IncidenceAnswers incidence, TableAnswers tables, SwimmerAnswers swimmer, CurveContributors curves,
    SnapshotRpcs snapshots, Moments moments, SnapshotComparison comparison, DatasetExports datasets, ReportAnswers reports,
    IEnumerable<CaptureService> services, WitnessedHashes hashes, OperatorRpcs operators, AuditRpcs audit, TimeProvider time)
    : AnalyticsService.AnalyticsServiceBase
{
    public override async Task<SurvivalCurve> GetSurvivalCurve(GetSurvivalCurveRequest request, ServerCallContext context)
    {
        var question = SurvivalQuestion.Parse(request, time.GetUtcNow());
        var asOf = await moments.FindAsync(question.AsOfTime, question.Snapshot, context.CancellationToken);
        return await survival.GetAsync(question with { AsOfTime = asOf }, context.CancellationToken);
    }

    public override Task<IncidenceCurve> GetIncidenceCurve(GetIncidenceCurveRequest request, ServerCallContext context) =>
        incidence.GetAsync(request, context.CancellationToken);

    public override Task<Table> GetTable(GetTableRequest request, ServerCallContext context) => tables.GetAsync(request, context.CancellationToken);

    public override async Task<ListContributorsResponse> ListContributors(ListContributorsRequest request, ServerCallContext context) =>
        audit.Named(await tables.ListContributorsAsync(request, context.CancellationToken), context);

    public override Task GetReport(GetReportRequest request, IServerStreamWriter<ReportPart> responseStream, ServerCallContext context) =>
        reports.SendAsync(
            request, audit.Exporting(() => AuditRpcs.Moment("report", request.AsOfTime, request.Snapshot), responseStream, context), context.CancellationToken);

    public override Task ListSwimmerLanes(ListSwimmerLanesRequest request, IServerStreamWriter<SwimmerItem> responseStream, ServerCallContext context) =>
        swimmer.AnswerAsync(
            request, audit.Exporting(() => AuditRpcs.Moment("swimmer lanes", request.AsOfTime, request.Snapshot), responseStream, context), context.CancellationToken);

    public override async Task<ListContributorsResponse> ListCurveContributors(ListCurveContributorsRequest request, ServerCallContext context) =>
        audit.Named(await curves.ListAsync(request, context.CancellationToken), context);

    public override Task<Snapshot> CreateSnapshot(CreateSnapshotRequest request, ServerCallContext context) =>
        snapshots.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    public override Task<Snapshot> GetSnapshot(GetSnapshotRequest request, ServerCallContext context) => snapshots.GetAsync(request, context.CancellationToken);

    public override Task<ListSnapshotsResponse> ListSnapshots(ListSnapshotsRequest request, ServerCallContext context) =>
        snapshots.ListAsync(request, context.CancellationToken);

    public override Task CompareSnapshots(
        CompareSnapshotsRequest request, IServerStreamWriter<CompareSnapshotsResponse> responseStream, ServerCallContext context) =>
        comparison.CompareAsync(
            request,
            audit.Exporting(
                () => $"comparison of {AuditRpcs.Moment("data", request.From.AsOfTime, request.From.Snapshot)} with {AuditRpcs.Moment("data", request.To?.AsOfTime, request.To?.Snapshot ?? "")}",
                responseStream,
                context),
            context.CancellationToken);

    public override Task ExportDatasets(ExportDatasetsRequest request, IServerStreamWriter<ExportDatasetsResponse> responseStream, ServerCallContext context) =>
        datasets.ExportAsync(
            request,
            audit.Exporting(
                () => AuditRpcs.Moment(
                    request.Datasets.Count == 0 ? "all datasets" : $"datasets {string.Join(", ", request.Datasets)}", request.AsOfTime, request.Snapshot),
                responseStream,
                context),
            context.CancellationToken);

    public override Task ExportAuditEvents(ExportAuditEventsRequest request, IServerStreamWriter<AuditEvent> responseStream, ServerCallContext context) =>
        audit.ExportAsync(request, responseStream, context);

    public override Task VerifyAuditEvents(VerifyAuditEventsRequest request, IServerStreamWriter<VerifiedVersion> responseStream, ServerCallContext context) =>
        audit.VerifyAsync(responseStream, context);

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
        operators.ReplayAsync(request, context, responseStream.WriteAsync);

    public override Task Reconcile(ReconcileRequest request, IServerStreamWriter<ReconcileProgress> responseStream, ServerCallContext context) =>
        operators.ReconcileAsync(request, context, responseStream.WriteAsync);

    public override Task Rebuild(RebuildRequest request, IServerStreamWriter<RebuildProgress> responseStream, ServerCallContext context) =>
        operators.RebuildAsync(request, context, responseStream.WriteAsync);
}
