namespace Equecel.Identity;

/// <summary>Warns at the start of each client that cannot be used because nobody gave it a secret.</summary>
internal sealed class MissingSecrets(IReadOnlyList<string> clients, ILogger<MissingSecrets> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var client in clients)
        {
            logger.LogWarning(
                "Client {ClientId} is disabled: it has no secret. Set the environment variable {Variable}.",
                client, $"Identity__Clients__{client}__Secret");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
