using System.Globalization;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equecel.Analytics.Tests.Support;

/// <summary>The capture services as far as Analytics calls them: their feeds, over real gRPC. A resume token is a count.</summary>
internal sealed class CaptureServices : IAsyncDisposable
{
    private readonly WebApplication app;

    private CaptureServices(WebApplication app) => this.app = app;

    /// <summary>Where they answer.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The feed's changes.</summary>
    public Feed Saved => app.Services.GetRequiredService<Feed>();

    public static async Task<CaptureServices> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();

        // The program's own settings lie beside the tests and would open its ports.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<Feed>();
        builder.Services.AddGrpc();

        var services = new CaptureServices(builder.Build());
        services.app.MapGrpcService<EnrolmentFeed>();
        services.app.MapGrpcService<AssessmentFeed>();
        services.app.MapGrpcService<SafetyFeed>();
        await services.app.StartAsync();
        return services;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>What the services have saved, and the positions that they were asked to resume from.</summary>
    internal sealed class Feed
    {
        private readonly Lock turn = new();
        private readonly List<IMessage> records = [];
        private readonly List<string> resumed = [];

        /// <summary>Service and resume token of each call, in order.</summary>
        public IReadOnlyList<string> Resumed
        {
            get
            {
                lock (turn)
                {
                    return [.. resumed];
                }
            }
        }

        public void Add(params IEnumerable<IMessage> saved)
        {
            lock (turn)
            {
                records.AddRange(saved);
            }
        }

        /// <summary>What a service saved after a position.</summary>
        public IReadOnlyList<(T Record, string Token)> After<T>(string service, string token)
        {
            lock (turn)
            {
                resumed.Add($"{service} {token}".TrimEnd());
                var start = token.Length == 0 ? 0
                    : int.TryParse(token, CultureInfo.InvariantCulture, out var count) ? count
                    : throw new RpcException(new Status(StatusCode.InvalidArgument, "resume_token: not one of ours"));
                return [.. records.OfType<T>().Select((record, i) => (record, $"{i + 1}")).Skip(start)];
            }
        }
    }

    private sealed class EnrolmentFeed(Feed feed) : EnrolmentService.EnrolmentServiceBase
    {
        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> responseStream, ServerCallContext context)
        {
            foreach (var (record, token) in feed.After<EnrolmentRecord>("enrolment", request.ResumeToken))
            {
                await responseStream.WriteAsync(new() { Record = record, ResumeToken = token });
            }

            await responseStream.WriteAsync(new() { CaughtUp = true });
        }
    }

    private sealed class AssessmentFeed(Feed feed) : AssessmentService.AssessmentServiceBase
    {
        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<AssessmentRecordChange> responseStream, ServerCallContext context)
        {
            foreach (var (record, token) in feed.After<AssessmentRecord>("assessment", request.ResumeToken))
            {
                await responseStream.WriteAsync(new() { Record = record, ResumeToken = token });
            }

            await responseStream.WriteAsync(new() { CaughtUp = true });
        }
    }

    private sealed class SafetyFeed(Feed feed) : SafetyService.SafetyServiceBase
    {
        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<SafetyRecordChange> responseStream, ServerCallContext context)
        {
            foreach (var (record, token) in feed.After<SafetyRecord>("safety", request.ResumeToken))
            {
                await responseStream.WriteAsync(new() { Record = record, ResumeToken = token });
            }

            await responseStream.WriteAsync(new() { CaughtUp = true });
        }
    }
}
