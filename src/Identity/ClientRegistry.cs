using System.Text.RegularExpressions;
using Duende.IdentityServer.Models;

namespace Equecel.Identity;

/// <summary>Reads the clients from the configuration, and refuses to start on a faulty one.</summary>
internal static partial class ClientRegistry
{
    private const string Section = "Identity:Clients";
    private const int TokenLifetimeSeconds = 600;

    /// <summary>Reads the clients.</summary>
    /// <param name="configuration">The program's configuration.</param>
    /// <returns>Those that can be used, and the ids of those that lack a secret.</returns>
    /// <exception cref="InvalidOperationException">A client is described wrongly; the message names every fault.</exception>
    public static (IReadOnlyList<Client> Clients, IReadOnlyList<string> WithoutSecret) Read(IConfiguration configuration)
    {
        var described = All(configuration);
        var faults = described.SelectMany(client => Faults(client.Id, client.Settings)).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(
                $"Identity cannot start: {faults.Count} fault(s) in the configuration under {Section}.{Environment.NewLine}"
                + string.Join(Environment.NewLine, faults.Select(fault => $"  - {fault}")));
        }

        return (
            [.. described.Where(client => !client.Settings.HasNoSecret).Select(client => ToClient(client.Id, client.Settings))],
            [.. described.Where(client => client.Settings.HasNoSecret).Select(client => client.Id)]);
    }

    /// <summary>Tells what each client may do, whether or not it can be used.</summary>
    /// <param name="configuration">The program's configuration.</param>
    public static IReadOnlyList<AccountClient> Describe(IConfiguration configuration) =>
        [.. All(configuration).Select(client => new AccountClient(client.Id, client.Settings.Scopes, client.Settings.Site, client.Settings.HasNoSecret))];

    private static List<(string Id, ClientSettings Settings)> All(IConfiguration configuration) =>
        [.. configuration.GetSection(Section).GetChildren().Select(section => (section.Key, Complete(section.Key, section.Get<ClientSettings>() ?? new())))];

    // A hospital that joins needs no more than a secret: its client's name says the rest.
    private static ClientSettings Complete(string id, ClientSettings settings) =>
        settings is { Scopes.Length: 0, Site: null } && SiteClient().Match(id) is { Success: true } site
            ? new() { Secret = settings.Secret, SecretSha256 = settings.SecretSha256, Scopes = [Identity.Scopes.Capture], Site = site.Groups[1].Value }
            : settings;

    /// <summary>Names every fault of a client's description. A missing secret is none: that client just cannot be used.</summary>
    /// <param name="id">The client's id.</param>
    /// <param name="settings">Its description.</param>
    public static IEnumerable<string> Faults(string id, ClientSettings settings)
    {
        if (!ClientId().IsMatch(id))
        {
            yield return $"'{id}': a client id is 3 to 100 lower-case letters, digits, dots or hyphens, and begins with a letter.";
        }

        if (settings.Scopes.Length == 0)
        {
            yield return $"{id}: Scopes is empty; name at least one of {string.Join(", ", Identity.Scopes.All.Select(scope => scope.Name))}.";
        }

        foreach (var unknown in settings.Scopes.Except(Identity.Scopes.All.Select(scope => scope.Name)))
        {
            yield return $"{id}: '{unknown}' is no scope; the scopes are {string.Join(", ", Identity.Scopes.All.Select(scope => scope.Name))}.";
        }

        var captures = settings.Scopes.Contains(Identity.Scopes.Capture);
        if (captures && !SiteCode().IsMatch(settings.Site ?? ""))
        {
            yield return $"{id}: {Identity.Scopes.Capture} needs Site, the code of one site in two or three digits, and not '{settings.Site}'.";
        }

        if (captures && settings.Scopes.Length > 1)
        {
            yield return $"{id}: {Identity.Scopes.Capture} cannot be combined with other scopes, which are not confined to a site.";
        }

        if (!captures && settings.Site is not null)
        {
            yield return $"{id}: Site goes with {Identity.Scopes.Capture} alone; other scopes are not confined to a site.";
        }

        if (!string.IsNullOrEmpty(settings.Secret) && !string.IsNullOrEmpty(settings.SecretSha256))
        {
            yield return $"{id}: give Secret or SecretSha256, not both.";
        }

        if (!string.IsNullOrEmpty(settings.Secret) && (settings.Secret.Length is < 16 or > 100 || string.IsNullOrWhiteSpace(settings.Secret)))
        {
            yield return $"{id}: Secret has 16 to 100 characters.";
        }

        if (!string.IsNullOrEmpty(settings.SecretSha256) && HashOf(settings.SecretSha256) is null)
        {
            yield return $"{id}: SecretSha256 is 32 bytes in base64 or 64 hexadecimal digits.";
        }
    }

    private static Client ToClient(string id, ClientSettings settings)
    {
        var client = new Client
        {
            ClientId = id,
            ClientSecrets = { new Secret(string.IsNullOrEmpty(settings.Secret) ? HashOf(settings.SecretSha256!)! : settings.Secret.Sha256()) },
            AllowedGrantTypes = GrantTypes.ClientCredentials,
            AllowedScopes = settings.Scopes,
            AccessTokenLifetime = TokenLifetimeSeconds,
            ClientClaimsPrefix = "",
        };
        if (settings.Site is not null)
        {
            client.Claims.Add(new ClientClaim("site", settings.Site));
        }

        return client;
    }

    private static string? HashOf(string text)
    {
        var bytes = new byte[32];
        if (text.Length == 64 && Convert.FromHexString(text, bytes, out _, out var length) == System.Buffers.OperationStatus.Done && length == 32)
        {
            return Convert.ToBase64String(bytes);
        }

        return text.Length == 44 && Convert.TryFromBase64String(text, bytes, out length) && length == 32 ? text : null;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9.-]{2,99}\z")]
    private static partial Regex ClientId();

    [GeneratedRegex(@"^site-([0-9]{2,3})\z")]
    private static partial Regex SiteClient();

    [GeneratedRegex(@"^[0-9]{2,3}\z")]
    private static partial Regex SiteCode();
}
