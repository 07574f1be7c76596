using Equecel.Enrolment.V1;
using Equecel.Records.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Equecel.Records.Directory;

internal static class ParticipantDirectoryExtensions
{
    /// <summary>Adds the directory of a service that asks Enrolment who participants are, with its cache in the Redis called <c>cache</c>.</summary>
    public static WebApplicationBuilder AddParticipantDirectory(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<EnrolmentService.EnrolmentServiceClient>("enrolment");
        builder.AddRedisClient(
            "cache",
            settings => settings.DisableHealthChecks = true,
            options =>
            {
                options.AbortOnConnectFail = false;
                options.ConnectTimeout = 500;
                options.AsyncTimeout = 100;
                options.SyncTimeout = 100;
                options.BacklogPolicy = BacklogPolicy.FailFast;
            });
        builder.Services.AddSingleton(services => new Lazy<IConnectionMultiplexer>(services.GetRequiredService<IConnectionMultiplexer>));
        builder.Services.AddSingleton(services => new SealedFacts(services.GetRequiredService<RecordDatabase>().DirectoryKey, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => new DirectoryCache(
            services.GetRequiredService<Lazy<IConnectionMultiplexer>>(), services.GetRequiredService<RecordsOptions>().Service,
            services.GetRequiredService<SealedFacts>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<SiteParticipants>();
        return builder;
    }
}
