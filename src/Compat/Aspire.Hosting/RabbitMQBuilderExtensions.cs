using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds RabbitMQ.</summary>
public static class RabbitMQBuilderExtensions
{
    /// <summary>Adds a RabbitMQ broker; its user is <c>guest</c> with a generated password.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <returns>The broker.</returns>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new RabbitMQServerResource(name, DistributedApplicationBuilder.Of(builder).CreateParameter($"{name}-password", secret: true)));

    /// <summary>Keeps the broker's queues when the application stops.</summary>
    /// <param name="builder">The broker.</param>
    /// <returns>The same broker.</returns>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.KeepsData = true;
        return builder;
    }
}
