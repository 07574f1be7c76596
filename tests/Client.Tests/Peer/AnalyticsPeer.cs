using Equecel.Analytics.V1;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Tests.Peer;

/// <summary>Analytics, as a test tells it to answer.</summary>
public sealed class AnalyticsPeer : AnalyticsService.AnalyticsServiceBase
{
    public Func<GetSurvivalCurveRequest, SurvivalCurve> OnCurve { get; set; } = _ => new();

    public Dictionary<string, List<WitnessedHash>> Witnessed { get; } = new() { ["enrolment"] = [], ["assessment"] = [], ["safety"] = [], ["questionnaire"] = [] };

    public override Task<SurvivalCurve> GetSurvivalCurve(GetSurvivalCurveRequest request, ServerCallContext context) =>
        Task.FromResult(OnCurve(request));

    public Func<GetIncidenceCurveRequest, IncidenceCurve> OnIncidence { get; set; } = _ => new();

    public override Task<IncidenceCurve> GetIncidenceCurve(GetIncidenceCurveRequest request, ServerCallContext context) =>
        Task.FromResult(OnIncidence(request));

    public Func<GetReportRequest, IEnumerable<ReportPart>> OnReport { get; set; } = _ => [];

    public override async Task GetReport(GetReportRequest request, IServerStreamWriter<ReportPart> responseStream, ServerCallContext context)
    {
        foreach (var part in OnReport(request))
        {
            await responseStream.WriteAsync(part);
        }
    }

    public List<SwimmerItem> Lanes { get; } = [];

    public ListSwimmerLanesRequest? LanesAsked { get; private set; }

    public override async Task ListSwimmerLanes(ListSwimmerLanesRequest request, IServerStreamWriter<SwimmerItem> responseStream, ServerCallContext context)
    {
        LanesAsked = request;
        foreach (var item in Lanes)
        {
            await responseStream.WriteAsync(item);
        }
    }

    public Func<GetTableRequest, Table> OnTable { get; set; } = _ => new();

    public Func<ListContributorsRequest, ListContributorsResponse> OnContributors { get; set; } = _ => new();

    public Func<ListCurveContributorsRequest, ListContributorsResponse> OnCurveContributors { get; set; } = _ => new();

    public Func<CreateSnapshotRequest, Snapshot> OnCreateSnapshot { get; set; } = _ => new();

    public List<Snapshot> Snapshots { get; } = [];

    public Func<CompareSnapshotsRequest, IEnumerable<CompareSnapshotsResponse>> OnCompare { get; set; } = _ => [];

    public override Task<Table> GetTable(GetTableRequest request, ServerCallContext context) => Task.FromResult(OnTable(request));

    public override Task<ListContributorsResponse> ListContributors(ListContributorsRequest request, ServerCallContext context) =>
        Task.FromResult(OnContributors(request));

    public override Task<ListContributorsResponse> ListCurveContributors(ListCurveContributorsRequest request, ServerCallContext context) =>
        Task.FromResult(OnCurveContributors(request));

    public override Task<Snapshot> CreateSnapshot(CreateSnapshotRequest request, ServerCallContext context) => Task.FromResult(OnCreateSnapshot(request));

    public override Task<ListSnapshotsResponse> ListSnapshots(ListSnapshotsRequest request, ServerCallContext context)
    {
        // Pages of one, whatever is asked for.
        var start = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(new ListSnapshotsResponse { Snapshots = { Snapshots.Skip(start).Take(1) }, NextPageToken = start + 1 < Snapshots.Count ? $"{start + 1}" : "" });
    }

    public override async Task CompareSnapshots(CompareSnapshotsRequest request, IServerStreamWriter<CompareSnapshotsResponse> responseStream, ServerCallContext context)
    {
        foreach (var step in OnCompare(request))
        {
            await responseStream.WriteAsync(step);
        }
    }

    public override async Task ListWitnessedHashes(
        ListWitnessedHashesRequest request, IServerStreamWriter<WitnessedHash> responseStream, ServerCallContext context)
    {
        foreach (var hash in Witnessed[request.Service])
        {
            await responseStream.WriteAsync(hash);
        }
    }

    public List<VerifiedVersion> UnsoundEvents { get; } = [];

    public override async Task VerifyAuditEvents(
        VerifyAuditEventsRequest request, IServerStreamWriter<VerifiedVersion> responseStream, ServerCallContext context)
    {
        foreach (var unsound in UnsoundEvents)
        {
            await responseStream.WriteAsync(unsound);
        }
    }

    public Func<IngestionStatus> OnStatus { get; set; } = () => new() { Consuming = true, QueuedCount = 0, DeadCount = 0 };

    public List<ParkedMessage> Parked { get; } = [];

    public Func<ReplayParkedMessagesRequest, IEnumerable<ReplayedMessage>> OnReplay { get; set; } = _ => [];

    public Func<ReconcileRequest, IEnumerable<ReconcileProgress>> OnReconcile { get; set; } = _ => [];

    public Func<RebuildRequest, IAsyncEnumerable<RebuildProgress>> OnRebuild { get; set; } = _ => AsyncEnumerable.Empty<RebuildProgress>();

    public override Task<IngestionStatus> GetIngestionStatus(GetIngestionStatusRequest request, ServerCallContext context) => Task.FromResult(OnStatus());

    public override Task<ListParkedMessagesResponse> ListParkedMessages(ListParkedMessagesRequest request, ServerCallContext context)
    {
        // Pages of two, whatever is asked for.
        var start = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(new ListParkedMessagesResponse
        {
            Messages = { Parked.Where(message => request.IncludeReplayed || message.ReplayTime is null).Skip(start).Take(2) },
            NextPageToken = start + 2 < Parked.Count ? $"{start + 2}" : "",
        });
    }

    public override async Task ReplayParkedMessages(
        ReplayParkedMessagesRequest request, IServerStreamWriter<ReplayedMessage> responseStream, ServerCallContext context)
    {
        foreach (var message in OnReplay(request))
        {
            await responseStream.WriteAsync(message);
        }
    }

    public Func<ExportDatasetsRequest, IEnumerable<ExportDatasetsResponse>> OnExport { get; set; } = _ => [];

    public override async Task ExportDatasets(
        ExportDatasetsRequest request, IServerStreamWriter<ExportDatasetsResponse> responseStream, ServerCallContext context)
    {
        foreach (var part in OnExport(request))
        {
            await responseStream.WriteAsync(part);
        }
    }

    public override async Task Reconcile(ReconcileRequest request, IServerStreamWriter<ReconcileProgress> responseStream, ServerCallContext context)
    {
        foreach (var step in OnReconcile(request))
        {
            await responseStream.WriteAsync(step);
        }
    }

    public override async Task Rebuild(RebuildRequest request, IServerStreamWriter<RebuildProgress> responseStream, ServerCallContext context)
    {
        await foreach (var progress in OnRebuild(request))
        {
            await responseStream.WriteAsync(progress);
        }
    }
}
