using Duende.IdentityServer.Models;

namespace Duende.IdentityServer;

/// <summary>The clients, scopes and services that were registered.</summary>
internal sealed class Registrations(IEnumerable<Client> clients, IEnumerable<ApiScope> scopes, IEnumerable<ApiResource> resources)
{
    private readonly Dictionary<string, Client> clients = clients.ToDictionary(client => client.ClientId, StringComparer.Ordinal);

    /// <summary>Names of the scopes, in the order of their registration.</summary>
    public IReadOnlyList<string> Scopes { get; } = [.. scopes.Select(scope => scope.Name)];

    /// <summary>Finds a client by its exact name.</summary>
    public Client? FindClient(string clientId) => clients.GetValueOrDefault(clientId);

    /// <summary>The services to which any of <paramref name="granted"/> means something.</summary>
    public IReadOnlyList<string> AudiencesOf(IReadOnlyCollection<string> granted) =>
        [.. resources.Where(resource => resource.Scopes.Any(granted.Contains)).Select(resource => resource.Name)];
}
