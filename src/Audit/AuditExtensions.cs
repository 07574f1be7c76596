using Grpc.AspNetCore.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Equecel.Audit;

/// <summary>Gives a service its audit trail.</summary>
public static class AuditExtensions
{
    /// <summary>The statements that make its tables where they are missing. The database's owner runs them; who may read and add is for the service to say.</summary>
    public static async Task<string> ReadSchemaAsync()
    {
        await using var resource = typeof(AuditExtensions).Assembly.GetManifestResourceStream("Equecel.Audit.Audit.sql")!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Adds the audit trail, and what notes down refused calls.</summary>
    /// <typeparam name="TDatabase">The service's database.</typeparam>
    /// <param name="services">The service's parts.</param>
    public static IServiceCollection AddAuditTrail<TDatabase>(this IServiceCollection services)
        where TDatabase : class, IAuditDatabase
    {
        services.AddSingleton<IAuditDatabase>(provider => provider.GetRequiredService<TDatabase>());
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditInterceptor>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        services.Configure<GrpcServiceOptions>(grpc =>
        {
            // First of all: it sees what the others refuse.
            grpc.Interceptors.Add<AuditInterceptor>();
            var own = grpc.Interceptors[^1];
            grpc.Interceptors.RemoveAt(grpc.Interceptors.Count - 1);
            grpc.Interceptors.Insert(0, own);
        });
        return services;
    }

    /// <summary>Has the audit trail of a service that has no journal signed every few minutes.</summary>
    /// <param name="services">The service's parts.</param>
    /// <param name="service">Name of the service, such as <c>analytics</c>.</param>
    public static IServiceCollection AddAuditCheckpoints(this IServiceCollection services, string service) => services
        .AddSingleton(provider => new CheckpointFile(service, provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<AuditCheckpointer>()
        .AddHostedService(provider => provider.GetRequiredService<AuditCheckpointer>());
}
