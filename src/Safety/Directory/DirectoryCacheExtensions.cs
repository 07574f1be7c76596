using StackExchange.Redis;

namespace Equecel.Safety.Directory;

internal static class DirectoryCacheExtensions
{
    /// <summary>Adds the cache of the participant directory, in the Redis called <c>cache</c>.</summary>
    public static WebApplicationBuilder AddDirectoryCache(this WebApplicationBuilder builder)
    {
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
        builder.Services.AddSingleton<DirectoryCache>();
        return builder;
    }
}
