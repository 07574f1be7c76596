using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Equecel.Compat.Tests.Clients;

[Collection("servers")]
public sealed class RedisClientTests(Servers servers)
{
    [Fact]
    public async Task The_client_connects_under_the_name_and_is_healthy()
    {
        using var host = Create($"ConnectionStrings:cache={servers.Cache.ConnectionString}");
        await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringSetAsync("key", "value");

        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal((HealthStatus.Healthy, "StackExchange.Redis"), (health.Status, Assert.Single(health.Entries).Key));
    }

    [Fact]
    public async Task The_server_keeps_what_its_arguments_say()
    {
        using var host = Create($"ConnectionStrings:cache={servers.Cache.ConnectionString},allowAdmin=true");
        var server = host.Services.GetRequiredService<IConnectionMultiplexer>().GetServers().Single();

        var settings = (await server.ConfigGetAsync()).ToDictionary();

        Assert.Equal(("", $"{64 * 1024 * 1024}", "allkeys-lru"), (settings["save"], settings["maxmemory"], settings["maxmemory-policy"]));
    }

    [Fact]
    public void Settings_come_from_their_section_when_there_is_no_connection_string()
    {
        using var host = Create($"Aspire:StackExchange:Redis:ConnectionString={servers.Cache.ConnectionString}");
        Assert.True(host.Services.GetRequiredService<IConnectionMultiplexer>().IsConnected);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_unhealthy_and_does_not_keep_the_service_from_starting()
    {
        using var host = Create("ConnectionStrings:cache=127.0.0.1:1,abortConnect=false,connectTimeout=200");
        Assert.False(host.Services.GetRequiredService<IConnectionMultiplexer>().IsConnected);

        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
    }

    [Fact]
    public void Options_are_changed_last_and_the_health_check_can_be_left_out()
    {
        var builder = Builder($"ConnectionStrings:cache={servers.Cache.ConnectionString}");
        builder.AddRedisClient("cache", settings => settings.DisableHealthChecks = true, options => options.ClientName = "changed");
        using var host = builder.Build();
        Assert.Equal("changed", host.Services.GetRequiredService<IConnectionMultiplexer>().ClientName);
        Assert.Null(host.Services.GetService<HealthCheckService>());
    }

    [Fact]
    public void A_missing_connection_string_is_named_at_first_use()
    {
        using var host = Create();
        var refusal = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Equal("There is no connection string for Redis: set ConnectionStrings:cache.", refusal.Message);
    }

    private static IHost Create(params string[] configuration)
    {
        var builder = Builder(configuration);
        builder.AddRedisClient("cache");
        return builder.Build();
    }

    private static HostApplicationBuilder Builder(params string[] configuration) => Host.CreateEmptyApplicationBuilder(new() { Args = configuration });
}
