using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>Reads what a project listens on.</summary>
internal static class KestrelEndpoints
{
    /// <summary>Reads <c>Kestrel:Endpoints</c> of the project's <c>appsettings.json</c>.</summary>
    /// <param name="projectDirectory">Folder of the project file.</param>
    /// <returns>The endpoints. The only one of its scheme is named for the scheme, as the genuine package does.</returns>
    public static IEnumerable<EndpointAnnotation> Read(string projectDirectory)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(projectDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .Build();
        var schemes = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(section => section["Url"] is not null)
            .Select(section => (section.Key, Address: BindingAddress.Parse(section["Url"]!)))
            .GroupBy(endpoint => endpoint.Address.Scheme);

        foreach (var scheme in schemes)
        {
            var alone = scheme.Count() == 1;
            foreach (var (name, address) in scheme)
            {
                yield return new EndpointAnnotation(alone ? scheme.Key : name) { UriScheme = scheme.Key, TargetHost = address.Host };
            }
        }
    }
}
