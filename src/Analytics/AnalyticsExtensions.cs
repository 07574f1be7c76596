using Equecel.Analytics.Cohort;
using Equecel.Analytics.Comparison;
using Equecel.Analytics.CrossChecks;
using Equecel.Analytics.Curves;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Operations;
using Equecel.Analytics.Report;
using Equecel.Analytics.Snapshots;
using Equecel.Analytics.Tables;
using Equecel.Assessment.V1;
using Equecel.Audit;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Equecel.Analytics;

/// <summary>The parts of the service.</summary>
internal static class AnalyticsExtensions
{
    /// <summary>Adds the stored versions, the cohort, live and past, and the answers from it.</summary>
    /// <param name="builder">The application. Needs the connection string <c>analyticsdb</c>, of the migration role.</param>
    public static WebApplicationBuilder AddCohort(this WebApplicationBuilder builder)
    {
        var database = builder.Configuration.GetConnectionString(AnalyticsDatabase.Name)
            ?? throw new InvalidOperationException("Set ConnectionStrings__analyticsdb to the database of Analytics.");

        builder.Services
            .AddSingleton(_ => AnalyticsDatabase.Open(database))
            // Of the connections, slow readers leave half to everybody else.
            .AddSingleton(_ => new ReaderTurns(Math.Max(1, AnalyticsDatabase.SettingsOf(database).MaxPoolSize / 2)))
            .AddSingleton(new AnalyticsSchema(database))
            .AddSingleton<StoredCohort>()
            .AddSingleton<LiveCohort>()
            .AddSingleton<PastCohorts>()
            .AddSingleton<CohortLoader>()
            .AddHostedService(services => services.GetRequiredService<CohortLoader>())
            .AddSingleton<SurvivalAnswers>()
            .AddSingleton<DossierReader>()
            .AddSingleton<CurveCounter>()
            .AddHostedService(services => services.GetRequiredService<CurveCounter>())
            .AddSingleton<IncidenceAnswers>()
            .AddSingleton<SwimmerAnswers>()
            .AddSingleton<TableAnswers>()
            .AddSingleton<CurveContributors>()
            .AddSingleton<DatasetExports>()
            .AddSingleton<ReportAnswers>();
        builder.Services.AddHealthChecks().AddCheck<CohortLoader>("cohort", tags: [ServiceDefaultsExtensions.Ready]);
        return builder;
    }

    /// <summary>Adds what takes in the records of the capture services, from the broker and from their feeds.</summary>
    /// <param name="builder">The application. Needs the connection string <c>messaging</c> and the addresses of the services.</param>
    public static WebApplicationBuilder AddIngestion(this WebApplicationBuilder builder)
    {
        builder.AddCapture<EnrolmentService.EnrolmentServiceClient, EnrolmentRecord, EnrolmentRecordChange>(
            "enrolment", EnrolmentRecordChanges.Descriptor,
            client => new(client.WatchRecords, client.GetRecordAsync, client.DigestJournalAsync, client.ListJournalHashes, client.SetCrossChecksAsync));
        builder.AddCapture<AssessmentService.AssessmentServiceClient, AssessmentRecord, AssessmentRecordChange>(
            "assessment", AssessmentRecordChanges.Descriptor,
            client => new(client.WatchRecords, client.GetRecordAsync, client.DigestJournalAsync, client.ListJournalHashes, client.SetCrossChecksAsync));
        builder.AddCapture<SafetyService.SafetyServiceClient, SafetyRecord, SafetyRecordChange>(
            "safety", SafetyRecordChanges.Descriptor,
            client => new(client.WatchRecords, client.GetRecordAsync, client.DigestJournalAsync, client.ListJournalHashes, client.SetCrossChecksAsync));
        builder.AddCapture<QuestionnaireService.QuestionnaireServiceClient, QuestionnaireRecord, QuestionnaireRecordChange>(
            "questionnaire", QuestionnaireRecordChanges.Descriptor,
            client => new(client.WatchRecords, client.GetRecordAsync, client.DigestJournalAsync, client.ListJournalHashes, client.SetCrossChecksAsync));

        // The consumer supervises its connection itself; one that is made and kept elsewhere would stop the start without a broker.
        builder.AddRabbitMQClient(
            "messaging",
            settings =>
            {
                settings.DisableAutoActivation = true;
                settings.DisableHealthChecks = true;
            },
            factory =>
            {
                factory.AutomaticRecoveryEnabled = false;
                factory.TopologyRecoveryEnabled = false;
                factory.RequestedHeartbeat = TimeSpan.FromSeconds(10);
                factory.ContinuationTimeout = TimeSpan.FromSeconds(10);
            });

        builder.Services
            .AddSingleton<VersionStore>()
            .AddSingleton<WitnessedHashes>()
            .AddSingleton<IngestionMetrics>()
            .AddSingleton<Ingestor>()
            .AddSingleton<IngestionState>()
            .AddSingleton<ParkedMessages>()
            .AddSingleton<MessageReader>()
            .AddSingleton<Quarantine>()
            .AddSingleton<FeedReading>()
            .AddSingleton<FeedReaders>()
            .AddHostedService(services => services.GetRequiredService<FeedReaders>())
            .AddHostedService<RecordsConsumer>()
            .AddHostedService<QuarantineConsumer>()
            .AddHostedService<CohortMender>();
        return builder;
    }

    /// <summary>Adds the labelled instants of the data, and what is between them.</summary>
    /// <param name="builder">The application. Needs the addresses of the services.</param>
    public static WebApplicationBuilder AddSnapshots(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<Completeness>()
            .AddSingleton<SnapshotStore>()
            .AddSingleton<Moments>()
            .AddSingleton<SnapshotRpcs>()
            .AddSingleton<HistoryReader>()
            .AddSingleton<SnapshotComparison>();
        return builder;
    }

    /// <summary>Adds what asks the sites over the records of several services.</summary>
    /// <param name="builder">The application. Needs the addresses of the services.</param>
    public static WebApplicationBuilder AddCrossChecks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DueParticipants>().AddHostedService<CrossCheckFollower>();
        return builder;
    }

    private static void AddCapture<TClient, TRecord, TChange>(
        this WebApplicationBuilder builder, string service, MessageDescriptor message,
        Func<TClient, CaptureCalls<TRecord, TChange>> calls)
        where TClient : class
        where TRecord : class, IMessage<TRecord>, new()
        where TChange : class, IMessage<TChange>, new()
    {
        builder.AddServiceClient<TClient>(service);
        builder.Services.AddSingleton<CaptureService>(services =>
            new RecordCapture<TRecord, TChange>(service, message, calls(services.GetRequiredService<TClient>())));
    }

    /// <summary>Adds what looks after the stored versions, what operators order, and the audit trail.</summary>
    /// <param name="builder">The application. Needs the connection string <c>analyticsdb</c>.</param>
    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<StoredHashes>()
            .AddSingleton<CompleteTimes>()
            .AddSingleton<Reconciler>()
            .AddHostedService<ReconcileSchedule>()
            .AddSingleton<Holes>()
            .AddSingleton<IngestionWatch>()
            .AddHostedService(services => services.GetRequiredService<IngestionWatch>())
            .AddSingleton<Replay>()
            .AddSingleton<RebuildTables>()
            .AddSingleton(services => ActivatorUtilities.CreateInstance<Rebuild>(services, builder.Configuration.GetConnectionString(AnalyticsDatabase.Name)!))
            .AddHostedService(services => services.GetRequiredService<Rebuild>())
            .AddSingleton<OperatorRpcs>()
            .AddSingleton<AuditRpcs>()
            .AddSingleton<AuditDatabase>()
            .AddAuditTrail<AuditDatabase>()
            .AddAuditCheckpoints("analytics");
        builder.Services.AddHealthChecks().AddCheck<IngestionWatch>("ingestion", HealthStatus.Degraded);
        return builder;
    }
}
