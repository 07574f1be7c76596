using System.Security.Cryptography.X509Certificates;

namespace Equecel.Client;

/// <summary>Where the platform is, who calls it, and how patiently.</summary>
public sealed class EquecelClientOptions
{
    /// <summary>Address of the gateway for gRPC, such as <c>http://localhost:8081</c>; <c>https</c> for TLS.</summary>
    public required Uri GatewayAddress { get; init; }

    /// <summary>Address under which <c>connect/token</c> gives tokens, such as <c>http://localhost:8080</c>: the gateway's for HTTP.</summary>
    public required Uri TokenAddress { get; init; }

    /// <summary>Name of the OAuth client, such as <c>site-01</c>.</summary>
    public required string ClientId { get; init; }

    /// <summary>Secret of the OAuth client.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>Scopes to ask for, such as <c>equecel.capture</c>. Empty means all that the client may have.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Certificates of the authorities that may vouch for the platform over TLS. Null means those that the machine trusts.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>Time that one attempt of a unary call may take when the call sets no deadline of its own. 10 seconds by default.</summary>
    public TimeSpan UnaryDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts that a call gets in all, 1 or more; only one while an outage lasts, so that repeats do not add to it. 5 by default.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Wait before the second attempt; it doubles from one to the next, up to 5 seconds. 100 milliseconds by default.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Time that an import or a watch that was under way tries to go on before it gives up. A minute by default.</summary>
    public TimeSpan StreamPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What tells the time. The machine's clock, except in tests.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
