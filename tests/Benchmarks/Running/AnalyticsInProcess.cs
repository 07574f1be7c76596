using System.Diagnostics;
using System.Net;
using Equecel.Analytics;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Report;
using Equecel.Analytics.Tables;
using Equecel.Analytics.V1;
using Equecel.Audit;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Equecel.Benchmarks.Running;

/// <summary>Analytics in this process, on a database that is there: all of it that answers, also over gRPC with the platform's tokens, and nothing that takes in.</summary>
internal sealed class AnalyticsInProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly WebApplication application;

    private AnalyticsInProcess(WebApplication application) => this.application = application;

    /// <summary>Bytes that the cohort takes in memory.</summary>
    public long CohortBytes { get; private init; }

    /// <summary>How long it took to load.</summary>
    public TimeSpan LoadTime { get; private init; }

    /// <summary>How long it took then to derive what curves are of.</summary>
    public TimeSpan DeriveTime { get; private set; }

    /// <summary>Where it answers over gRPC.</summary>
    public Uri Address => new(application.Urls.Single());

    /// <summary>Builds it, loads the cohort, and listens; for a cohort of the database also derives what curves are of.</summary>
    /// <param name="platform">The platform whose server and whose tokens it uses.</param>
    /// <param name="database">The database.</param>
    /// <param name="made">The cohort that it answers about; null for that of the database.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="TimeoutException">The cohort was not loaded in three minutes.</exception>
    public static async Task<AnalyticsInProcess> StartAsync(PlatformProcess platform, string database, ParticipantTable? made, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:analyticsdb", (await platform.GetPostgresAsync(cancellation)).ConnectionString(database)),
            new("Identity:Issuer", "https://identity.equecel"),
            new("Identity:Authority", $"{await platform.GetAddressAsync("identity", cancellation)}"),

            // Needed to build the clients, and never called: no question is as of an instant.
            .. ((string[])["enrolment", "assessment", "safety", "questionnaire"]).Select(service => KeyValuePair.Create($"services:{service}:grpc:0", (string?)"http://localhost:1")),
        ]);
        builder.AddCohort();
        builder.AddSnapshots();
        builder.AddIngestion();
        builder.AddOperations();

        // Nothing of it runs by itself, but what keeps the audit trail, what derives the columns of curves, and below what reads tokens.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditLog>());
        if (made is null)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<CurveCounter>());
        }

        builder.AddGrpcServiceDefaults("analytics");
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var application = builder.Build();
        application.UseAuthentication();
        application.MapGrpcService<AnalyticsGrpcService>();
        application.MapGrpcDefaults();
        try
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var clock = Stopwatch.StartNew();
            if (made is null)
            {
                await application.Services.GetRequiredService<CohortLoader>().StartAsync(cancellation);
            }
            else
            {
                application.Services.GetRequiredService<LiveCohort>().Load(made, CohortPosition.None);
            }

            await application.Services.GetRequiredService<LiveCohort>().Loaded.WaitAsync(Patience, cancellation);
            var time = clock.Elapsed;
            var analytics = new AnalyticsInProcess(application) { LoadTime = time, CohortBytes = GC.GetTotalMemory(forceFullCollection: true) - before };
            await application.StartAsync(cancellation);
            if (made is null)
            {
                await analytics.DeriveAsync(cancellation);
            }

            return analytics;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has a question answered, up to the bytes that would be sent.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database took longer than it may.</exception>
    public async Task AskAsync(IMessage request, CancellationToken cancellation)
    {
        switch (request)
        {
            case GetSurvivalCurveRequest survival:
                await SendAsync(await Get<SurvivalAnswers>().GetAsync(SurvivalQuestion.Parse(survival, DateTimeOffset.UtcNow), cancellation), cancellation);
                break;
            case GetIncidenceCurveRequest incidence:
                await SendAsync(await Get<IncidenceAnswers>().GetAsync(incidence, cancellation), cancellation);
                break;
            case GetTableRequest table:
                await SendAsync(await Get<TableAnswers>().GetAsync(table, cancellation), cancellation);
                break;
            case ListSwimmerLanesRequest swimmer:
                await Get<SwimmerAnswers>().AnswerAsync(swimmer, SendAsync, cancellation);
                break;
            case GetReportRequest report:
                await Get<ReportAnswers>().SendAsync(report, SendAsync, cancellation);
                break;
            case ExportDatasetsRequest export:
                await Get<DatasetExports>().ExportAsync(export, SendAsync, cancellation);
                break;
            default:
                throw new ArgumentException($"There is no answer to a {request.Descriptor.Name}.", nameof(request));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Get<CohortLoader>().StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }

    // A question before would be answered from the records, as in the first moments after a start.
    private async Task DeriveAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var scope = SurvivalQuestion.Parse(new GetSurvivalCurveRequest { Endpoint = Endpoint.ProgressionFreeSurvival }, DateTimeOffset.UtcNow).Scope;
        while (await Get<CurveCounter>().FindInColumnsAsync(scope, cancellation) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }

        DeriveTime = clock.Elapsed;
    }

    private T Get<T>()
        where T : notnull => application.Services.GetRequiredService<T>();

    private static Task SendAsync(IMessage answer, CancellationToken cancellation)
    {
        GC.KeepAlive(answer.ToByteArray());
        return Task.CompletedTask;
    }
}
