using Equecel.Audit;
using Equecel.Records.Deriving;
using Equecel.Records.Directory;
using Equecel.Records.Forms;
using Equecel.Records.Proof;
using Equecel.Records.Queries;
using Equecel.Records.Relaying;
using Equecel.Records.Schedule;
using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Equecel.Records;

/// <summary>Makes a service a capture service.</summary>
public static class RecordsExtensions
{
    /// <summary>Adds the record journal of a capture service that asks Enrolment who participants are.</summary>
    /// <typeparam name="TSubmission">The service's submit request.</typeparam>
    /// <typeparam name="TRecord">The service's record.</typeparam>
    /// <typeparam name="TChange">The service's record change.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="service">Name of the service on the wire, such as <c>safety</c>.</param>
    /// <param name="forms">Adds its forms.</param>
    public static WebApplicationBuilder AddRecords<TSubmission, TRecord, TChange>(
        this WebApplicationBuilder builder, string service, Action<FormCatalogue> forms)
        where TSubmission : class, IMessage<TSubmission>, new()
        where TRecord : class, IMessage<TRecord>, new()
        where TChange : class, IMessage<TChange>, new()
    {
        builder.AddParticipantDirectory().AddRecords<TSubmission, TRecord, TChange, ParticipantDirectory>(service, forms);
        builder.Services.AddSingleton<FeedPosition>();
        builder.Services.AddHostedService<EnrolmentFollower>();
        return builder;
    }

    /// <summary>Adds the record journal of a capture service: its store, its uniform verbs and its relay.</summary>
    /// <typeparam name="TSubmission">The service's submit request.</typeparam>
    /// <typeparam name="TRecord">The service's record.</typeparam>
    /// <typeparam name="TChange">The service's record change.</typeparam>
    /// <typeparam name="TDirectory">Who knows the participants.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="service">Name of the service on the wire, such as <c>safety</c>.</param>
    /// <param name="forms">Adds its forms.</param>
    public static WebApplicationBuilder AddRecords<TSubmission, TRecord, TChange, TDirectory>(
        this WebApplicationBuilder builder, string service, Action<FormCatalogue> forms)
        where TSubmission : class, IMessage<TSubmission>, new()
        where TRecord : class, IMessage<TRecord>, new()
        where TChange : class, IMessage<TChange>, new()
        where TDirectory : class, IParticipantDirectory
    {
        var contract = new RecordContract(new TSubmission().Descriptor, new TRecord().Descriptor, new TChange().Descriptor);
        forms(contract.Forms);

        builder.AddRabbitMQClient(
            "messaging",
            settings => (settings.DisableAutoActivation, settings.DisableHealthChecks) = (true, true),
            factory =>
            {
                // The relay reconnects by itself: the client's recovery can lose a channel silently.
                factory.AutomaticRecoveryEnabled = false;
                factory.TopologyRecoveryEnabled = false;
                factory.RequestedHeartbeat = TimeSpan.FromSeconds(10);
                factory.ContinuationTimeout = TimeSpan.FromSeconds(10);
            });

        var services = builder.Services;
        services.AddSingleton(new RecordsOptions(service));
        services.AddSingleton(contract);
        services.AddSingleton<RecordDatabase>();
        services.AddSingleton<JournalSignal>();
        services.AddSingleton<Journal>();
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<JournalSeal>();
        services.AddSingleton<RecordReader>();
        services.AddSingleton<RecordSaver>();
        // A call of one message lasts ten seconds unless its caller says otherwise, and a save takes up to five.
        services.AddSingleton(new ParticipantTurns(TimeSpan.FromSeconds(4)));
        services.AddSingleton<ParticipantRecords>();
        services.AddSingleton<SubmissionParser>();
        services.AddSingleton<RelayState>();
        services.AddProof(service);
        services.AddSingleton<TDirectory>();
        services.AddSingleton<IParticipantDirectory>(provider => provider.GetRequiredService<TDirectory>());
        services.AddSingleton(provider => new RecordVerbs<TRecord>(provider));
        services.AddSingleton(provider => new QueryVerbs<TRecord>(provider));
        services.AddSingleton(provider => new OnlyRecords<TRecord>(provider));
        services.AddSingleton(provider => new JournalVerbs(provider));
        services.AddSingleton(provider => new SealedTokens(provider.GetRequiredService<RecordDatabase>().TokenKey));
        services.AddSingleton(provider => new CurrentRecords<TRecord>(
            provider.GetRequiredService<RecordDatabase>(), contract, provider.GetRequiredService<ParticipantRecords>()));
        services.AddHostedService(provider => provider.GetRequiredService<RecordDatabase>());
        services.AddHostedService(provider => provider.GetRequiredService<JournalWriter>());
        services.AddHostedService<Relay>();
        services.AddHostedService<JournalMetrics>();
        services.AddHostedService(provider => provider.GetRequiredService<Checkpointer>());
        if (contract.Forms.Scheduled.Count > 0)
        {
            services.AddSingleton<RecordedVisits>();
            services.AddSingleton(provider => new ScheduleVerbs(provider));
        }

        services.AddSingleton<FollowLoop>();
        if (contract.Forms.Derivations.Count > 0)
        {
            services.AddSingleton<DerivedEntries>();
            services.AddSingleton<DerivedSaver>();
            services.AddHostedService<Deriver>();
        }

        services.AddSingleton<DeriverPosition>();
        services.AddSingleton<AskedRecords>();
        services.AddSingleton<QueryEntries>();
        services.AddSingleton<CrossCheckSaver>();
        services.AddSingleton<ActionSaver>();
        if (contract.QueryField is not null)
        {
            services.AddHostedService<QueryFollower>();
        }

        services.AddHealthChecks()
            .AddCheck<RecordDatabase>("records", HealthStatus.Unhealthy, [ServiceDefaultsExtensions.Ready])
            .AddCheck<RelayState>("relay", HealthStatus.Degraded);
        return builder;
    }

    private static void AddProof(this IServiceCollection services, string service)
    {
        services.AddAuditTrail<RecordDatabase>();
        services.AddSingleton(provider => new CheckpointFile(service, provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<CheckpointState>();
        services.AddSingleton<Checkpointer>();
        services.AddSingleton<VersionVerifier>();
        services.AddSingleton<JournalVerifier>();
        services.AddSingleton<JournalDigests>();
        services.AddSingleton<JournalStanding>();
        services.AddSingleton<Trail>();
        services.AddSingleton<Redactor>();
    }
}
