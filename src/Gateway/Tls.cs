namespace Equecel.Gateway;

/// <summary>Turns the endpoints to TLS. Off the loopback it belongs on: tokens and records travel here.</summary>
internal static class Tls
{
    private static readonly string[] Optional = ["KeyPath", "Password"];

    /// <summary>
    /// Uses the certificate <c>Gateway:Tls:CertificatePath</c>, PEM with <c>Gateway:Tls:KeyPath</c> or PKCS #12, with
    /// <c>Gateway:Tls:Password</c> if it has one. Without a path nothing changes.
    /// </summary>
    /// <param name="builder">The program.</param>
    public static void AddTls(this WebApplicationBuilder builder)
    {
        var tls = builder.Configuration.GetSection("Gateway:Tls");
        if (string.IsNullOrEmpty(tls["CertificatePath"]))
        {
            return;
        }

        var settings = new Dictionary<string, string?> { ["Kestrel:Certificates:Default:Path"] = tls["CertificatePath"] };
        foreach (var name in Optional.Where(name => !string.IsNullOrEmpty(tls[name])))
        {
            settings[$"Kestrel:Certificates:Default:{name}"] = tls[name];
        }

        foreach (var endpoint in builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            settings[$"{endpoint.Path}:Url"] = endpoint["Url"]?.Replace("http://", "https://", StringComparison.OrdinalIgnoreCase);
        }

        builder.Configuration.AddInMemoryCollection(settings);
    }
}
