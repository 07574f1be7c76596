namespace Equecel.Identity;

/// <summary>Keeps at each start which clients there are, so that who could do what at any time can be told afterwards.</summary>
internal sealed class KnownClients(IReadOnlyList<AccountClient> clients, AccountTrail trail) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        trail.Add(new AccountEvent { Kind = AccountEvent.Started, Clients = clients });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
