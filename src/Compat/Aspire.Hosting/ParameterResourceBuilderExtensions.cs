using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a value that comes from configuration, <c>Parameters:name</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether the value must not be shown. One that configuration lacks is generated once and kept in <c>secrets.json</c>.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(DistributedApplicationBuilder.Of(builder).CreateParameter(name, secret));
}
