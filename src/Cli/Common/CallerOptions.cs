using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Equecel.Client;

namespace Equecel.Cli.Common;

/// <summary>Options that say where the platform is and who calls. A secret comes from the environment or a file, never from the command line.</summary>
internal sealed class CallerOptions
{
    private readonly Surroundings surroundings;
    private readonly bool callsAsOneClient;

    /// <summary>Makes the options.</summary>
    /// <param name="surroundings">Where variables are read.</param>
    /// <param name="callsAsOneClient">Whether the command calls as one client that its user names, and not as several of its own.</param>
    public CallerOptions(Surroundings surroundings, bool callsAsOneClient = true)
    {
        this.surroundings = surroundings;
        this.callsAsOneClient = callsAsOneClient;
        Gateway = Address("--gateway", "EQUECEL_GATEWAY", "http://localhost:8081", "The gateway's address for gRPC.");
        Identity = Address("--identity", "EQUECEL_TOKEN_ADDRESS", "http://localhost:8080", "The address that gives tokens: the gateway's for HTTP.", "--token-address");
    }

    /// <summary>The gateway's address for gRPC.</summary>
    public Option<Uri> Gateway { get; }

    private Option<Uri> Identity { get; }

    private Option<string> Client { get; } = new("--client")
    {
        Description = "Name of the OAuth client that calls, such as site-01. Or set EQUECEL_CLIENT.",
        HelpName = "name",
    };

    private Option<FileInfo> SecretFile { get; } = new("--secret-file")
    {
        Description = "File that holds the client's secret and nothing else. Or set EQUECEL_CLIENT_SECRET to the secret.",
        HelpName = "file",
    };

    private Option<FileInfo> Secrets { get; } = new("--secrets")
    {
        Description = "JSON file with the secrets of several clients, as { \"site-01-secret\": \"...\" }. Or set EQUECEL_SECRETS to its path.",
        HelpName = "file",
    };

    private Option<FileInfo> Authority { get; } = new("--certificate-authority")
    {
        Description = "PEM file of the authority that vouches for an https gateway, when the machine does not trust it already. Or set EQUECEL_CA.",
        HelpName = "file",
    };

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Gateway);
        command.Add(Identity);
        command.Add(Secrets);
        command.Add(Authority);
        if (callsAsOneClient)
        {
            command.Add(Client);
            command.Add(SecretFile);
        }
    }

    /// <summary>Makes a client for who the options name.</summary>
    /// <exception cref="CliException">Nobody is named, or the secret is nowhere.</exception>
    public EquecelClient CreateClient(ParseResult parsed) => CreateClient(
        parsed,
        parsed.GetValue(Client) ?? surroundings.Find("EQUECEL_CLIENT")
            ?? throw new CliException("It is not said who calls. Name the client with --client or EQUECEL_CLIENT."));

    /// <summary>Makes a client for one OAuth client.</summary>
    /// <exception cref="CliException">Its secret is nowhere.</exception>
    public EquecelClient CreateClient(ParseResult parsed, string client) => new(new EquecelClientOptions
    {
        GatewayAddress = parsed.GetValue(Gateway)!,
        TokenAddress = parsed.GetValue(Identity)!,
        ClientId = client,
        ClientSecret = FindSecret(parsed, client) ?? throw new CliException(callsAsOneClient
            ? $"There is no secret for {client}. Set EQUECEL_CLIENT_SECRET, or name a file with --secret-file or --secrets."
            : $"There is no secret for {client}. Name a file that has \"{client}-secret\" with --secrets or EQUECEL_SECRETS."),
        CertificateAuthorities = FindAuthority(parsed),
    });

    private string? FindSecret(ParseResult parsed, string client)
    {
        if (callsAsOneClient && parsed.GetValue(SecretFile) is { } file)
        {
            return File.ReadAllText(file.FullName).Trim();
        }

        if (parsed.GetValue(Secrets) is { } secrets)
        {
            return SecretFileOf(secrets.FullName, client);
        }

        return (callsAsOneClient ? surroundings.Find("EQUECEL_CLIENT_SECRET") : null)
            ?? (surroundings.Find("EQUECEL_SECRETS") is { } path ? SecretFileOf(path, client) : null);
    }

    private static string? SecretFileOf(string path, string client)
    {
        using var file = File.OpenRead(path);
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(file) ?? [];
        return secrets.GetValueOrDefault($"{client}-secret");
    }

    private X509Certificate2Collection? FindAuthority(ParseResult parsed)
    {
        if ((parsed.GetValue(Authority)?.FullName ?? surroundings.Find("EQUECEL_CA")) is not { } path)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities;
    }

    private Option<Uri> Address(string name, string variable, string standard, string description, params string[] aliases) => new(name, aliases)
    {
        Description = $"{description} Or set {variable}.",
        HelpName = "address",
        DefaultValueFactory = result => Parse(result, variable, surroundings.Find(variable) ?? standard, standard)!,
        CustomParser = result => Parse(result, name, result.Tokens[0].Value, standard),
    };

    private static Uri? Parse(ArgumentResult result, string name, string text, string standard)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        result.AddError($"'{text}' is no address for {name}. Give one such as {standard}.");
        return null;
    }
}
