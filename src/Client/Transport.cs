using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Equecel.Client;

/// <summary>Connections to the platform.</summary>
internal static class Transport
{
    /// <summary>Makes what connects, with the certificate authorities that were asked for.</summary>
    public static SocketsHttpHandler Create(EquecelClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
            EnableMultipleHttp2Connections = true,
            // A peer that vanished without a word is found out while a stream waits for it.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };

        if (options.CertificateAuthorities is { } authorities)
        {
            var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trust.CustomTrustStore.AddRange(authorities);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust };
        }

        return handler;
    }
}
