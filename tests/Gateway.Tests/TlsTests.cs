using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Equecel.Gateway.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("equecel-tls-").FullName;
    private readonly X509Certificate2 certificate;

    public TlsTests()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PathOf("gateway.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("gateway.key"), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        certificate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task With_a_certificate_both_endpoints_speak_TLS_and_discovery_says_so()
    {
        var gateway = await RunningGateway.StartAsync(
            certificate, ("Gateway__Tls__CertificatePath", PathOf("gateway.crt")), ("Gateway__Tls__KeyPath", PathOf("gateway.key")));
        var answer = await gateway.AskAsync("hello");
        using var token = await gateway.Web.PostAsync(new Uri("/connect/token", UriKind.Relative), new StringContent(""));
        var scheme = await token.Content.ReadAsStringAsync();
        await gateway.DisposeAsync();

        Assert.Equal("hello", answer);
        Assert.EndsWith(" https", scheme, StringComparison.Ordinal);
    }

    private string PathOf(string file) => Path.Combine(folder, file);
}
