using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Ingestion;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics;

/// <summary>The parts of the service.</summary>
internal static class AnalyticsExtensions
{
    /// <summary>Adds the stored versions, the cohort, live and past, and the answers from it.</summary>
    /// <param name="builder">The application. Needs the connection string <c>analyticsdb</c>.</param>
    public static WebApplicationBuilder AddCohort(this WebApplicationBuilder builder)
    {
        var database = builder.Configuration.GetConnectionString("analyticsdb")
            ?? throw new InvalidOperationException("Set ConnectionStrings__analyticsdb to the database of Analytics.");

        builder.Services
            .AddSingleton(_ => AnalyticsDatabase.Open(database))
            .AddSingleton<StoredCohort>()
            .AddSingleton<LiveCohort>()
            .AddSingleton<PastCohorts>()
            .AddSingleton<CohortLoader>()
            .AddHostedService(services => services.GetRequiredService<CohortLoader>())
            .AddSingleton<SurvivalAnswers>();
        builder.Services.AddHealthChecks().AddCheck<CohortLoader>("cohort", tags: [ServiceDefaultsExtensions.Ready]);
        return builder;
    }

    /// <summary>Adds what takes in the records of the capture services, from the broker and from their feeds.</summary>
    /// <param name="builder">The application. Needs the connection string <c>messaging</c> and the addresses of the services.</param>
    public static WebApplicationBuilder AddIngestion(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<EnrolmentService.EnrolmentServiceClient>("enrolment");
        builder.AddServiceClient<AssessmentService.AssessmentServiceClient>("assessment");
        builder.AddServiceClient<SafetyService.SafetyServiceClient>("safety");

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
            .AddSingleton<CaptureService, EnrolmentCapture>()
            .AddSingleton<CaptureService, AssessmentCapture>()
            .AddSingleton<CaptureService, SafetyCapture>()
            .AddSingleton<VersionStore>()
            .AddSingleton<WitnessedHashes>()
            .AddSingleton<IngestionMetrics>()
            .AddSingleton<Ingestor>()
            .AddSingleton<DeliveryReader>()
            .AddSingleton<FeedReaders>()
            .AddHostedService(services => services.GetRequiredService<FeedReaders>())
            .AddHostedService<RecordsConsumer>();
        return builder;
    }
}
