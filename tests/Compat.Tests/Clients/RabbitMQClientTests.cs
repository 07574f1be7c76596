using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Equecel.Compat.Tests.Clients;

[Collection("servers")]
public sealed class RabbitMQClientTests(Servers servers)
{
    [Fact]
    public async Task The_client_connects_under_the_name_and_is_healthy()
    {
        using var host = Create($"ConnectionStrings:messaging={servers.Messaging.ConnectionString}");
        var connection = host.Services.GetRequiredService<IConnection>();
        await using var channel = await connection.CreateChannelAsync();

        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal((HealthStatus.Healthy, "RabbitMQ.Client"), (health.Status, Assert.Single(health.Entries).Key));

        await connection.CloseAsync();
        Assert.Equal(HealthStatus.Unhealthy, (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task The_factory_makes_connections_of_our_own_with_recovery_off()
    {
        var builder = Builder($"Aspire:RabbitMQ:Client:ConnectionString={servers.Messaging.ConnectionString}");
        builder.AddRabbitMQClient(
            "messaging",
            settings => (settings.DisableHealthChecks, settings.DisableAutoActivation) = (true, true),
            factory => (factory.AutomaticRecoveryEnabled, factory.ClientProvidedName) = (false, "ours"));
        using var host = builder.Build();

        await using var connection = await host.Services.GetRequiredService<IConnectionFactory>().CreateConnectionAsync();
        Assert.Equal("ours", connection.ClientProvidedName);
        Assert.IsNotAssignableFrom<IRecoverable>(connection);
        Assert.Null(host.Services.GetService<HealthCheckService>());
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_unhealthy()
    {
        using var host = Create("ConnectionStrings:messaging=amqp://guest:guest@127.0.0.1:1", "Aspire:RabbitMQ:Client:MaxConnectRetryCount=0");
        Assert.Throws<BrokerUnreachableException>(() => host.Services.GetRequiredService<IConnection>());
        Assert.Equal(HealthStatus.Unhealthy, (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status);
    }

    [Fact]
    public void A_missing_connection_string_is_named_at_first_use()
    {
        using var host = Create();
        var refusal = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionFactory>());
        Assert.Equal("There is no connection string for RabbitMQ: set ConnectionStrings:messaging.", refusal.Message);
    }

    private static IHost Create(params string[] configuration)
    {
        var builder = Builder(configuration);
        builder.AddRabbitMQClient("messaging");
        return builder.Build();
    }

    private static HostApplicationBuilder Builder(params string[] configuration) => Host.CreateEmptyApplicationBuilder(new() { Args = configuration });
}
