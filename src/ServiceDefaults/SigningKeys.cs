using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Equecel.ServiceDefaults;

/// <summary>
/// Fetches Identity's keys as soon as Identity is there: until then the service can check no token, and says that it is not ready. Once it has
/// keys it goes on with them, whatever becomes of Identity, so that nobody who asks how it is makes it ask again.
/// </summary>
internal sealed class SigningKeys(IOptionsMonitor<JwtBearerOptions> options) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private volatile bool there;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(there ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Identity has given no keys yet, so no token can be checked. See that it runs."));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!there && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(stoppingToken);
                there = true;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                BackgroundFailure.Count("keys", e);
                await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
