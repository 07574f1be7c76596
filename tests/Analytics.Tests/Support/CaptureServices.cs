using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equecel.Analytics.Tests.Support;

/// <summary>The capture services as far as Analytics calls them, over real gRPC. A resume token is a count.</summary>
internal sealed class CaptureServices : IAsyncDisposable
{
    private readonly WebApplication app;

    private CaptureServices(WebApplication app) => this.app = app;

    /// <summary>Where they answer.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The feed's changes.</summary>
    public CaptureFeed Saved => app.Services.GetRequiredService<CaptureFeed>();

    public static async Task<CaptureServices> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();

        // The program's own settings lie beside the tests and would open its ports.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<CaptureFeed>();
        builder.Services.AddGrpc();

        var services = new CaptureServices(builder.Build());
        services.app.MapGrpcService<EnrolmentFeed>();
        services.app.MapGrpcService<AssessmentFeed>();
        services.app.MapGrpcService<SafetyFeed>();
        services.app.MapGrpcService<QuestionnaireFeed>();
        await services.app.StartAsync();
        return services;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class EnrolmentFeed(CaptureFeed feed) : EnrolmentService.EnrolmentServiceBase
    {
        public override Task<SetCrossChecksResponse> SetCrossChecks(SetCrossChecksRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Ask("enrolment", request));

        public override Task<EnrolmentRecord> GetRecord(GetRecordRequest request, ServerCallContext context) => Task.FromResult(feed.Get<EnrolmentRecord>(request));

        public override Task<JournalDigest> DigestJournal(DigestJournalRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Digest<EnrolmentRecord>(request));

        public override Task ListJournalHashes(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> responseStream, ServerCallContext context) =>
            feed.ListAsync<EnrolmentRecord>(request, responseStream);

        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> responseStream, ServerCallContext context)
        {
            foreach (var (record, token) in feed.After<EnrolmentRecord>("enrolment", request.ResumeToken))
            {
                await feed.BeforeChange();
                await responseStream.WriteAsync(new() { Record = record, ResumeToken = token });
            }

            await responseStream.WriteAsync(new() { CaughtUp = true });
        }
    }

    private sealed class AssessmentFeed(CaptureFeed feed) : AssessmentService.AssessmentServiceBase
    {
        public override Task<SetCrossChecksResponse> SetCrossChecks(SetCrossChecksRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Ask("assessment", request));

        public override Task<AssessmentRecord> GetRecord(GetRecordRequest request, ServerCallContext context) => Task.FromResult(feed.Get<AssessmentRecord>(request));

        public override Task<JournalDigest> DigestJournal(DigestJournalRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Digest<AssessmentRecord>(request));

        public override Task ListJournalHashes(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> responseStream, ServerCallContext context) =>
            feed.ListAsync<AssessmentRecord>(request, responseStream);

        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<AssessmentRecordChange> responseStream, ServerCallContext context)
        {
            foreach (var (record, token) in feed.After<AssessmentRecord>("assessment", request.ResumeToken))
            {
                await responseStream.WriteAsync(new() { Record = record, ResumeToken = token });
            }

            await responseStream.WriteAsync(new() { CaughtUp = true });
        }
    }

    private sealed class QuestionnaireFeed(CaptureFeed feed) : QuestionnaireService.QuestionnaireServiceBase
    {
        public override Task<SetCrossChecksResponse> SetCrossChecks(SetCrossChecksRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Ask("questionnaire", request));

        public override Task<QuestionnaireRecord> GetRecord(GetRecordRequest request, ServerCallContext context) => Task.FromResult(feed.Get<QuestionnaireRecord>(request));

        public override Task<JournalDigest> DigestJournal(DigestJournalRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Digest<QuestionnaireRecord>(request));

        public override Task ListJournalHashes(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> responseStream, ServerCallContext context) =>
            feed.ListAsync<QuestionnaireRecord>(request, responseStream);

        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<QuestionnaireRecordChange> responseStream, ServerCallContext context)
        {
            foreach (var (record, token) in feed.After<QuestionnaireRecord>("questionnaire", request.ResumeToken))
            {
                await responseStream.WriteAsync(new() { Record = record, ResumeToken = token });
            }

            await responseStream.WriteAsync(new() { CaughtUp = true });
        }
    }

    private sealed class SafetyFeed(CaptureFeed feed) : SafetyService.SafetyServiceBase
    {
        public override Task<SetCrossChecksResponse> SetCrossChecks(SetCrossChecksRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Ask("safety", request));

        public override Task<SafetyRecord> GetRecord(GetRecordRequest request, ServerCallContext context) => Task.FromResult(feed.Get<SafetyRecord>(request));

        public override Task<JournalDigest> DigestJournal(DigestJournalRequest request, ServerCallContext context) =>
            Task.FromResult(feed.Digest<SafetyRecord>(request));

        public override Task ListJournalHashes(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> responseStream, ServerCallContext context) =>
            feed.ListAsync<SafetyRecord>(request, responseStream);

        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<SafetyRecordChange> responseStream, ServerCallContext context)
        {
            foreach (var (record, token) in feed.After<SafetyRecord>("safety", request.ResumeToken))
            {
                await feed.BeforeChange();
                await responseStream.WriteAsync(new() { Record = record, ResumeToken = token });
            }

            await responseStream.WriteAsync(new() { CaughtUp = true });
        }
    }
}
