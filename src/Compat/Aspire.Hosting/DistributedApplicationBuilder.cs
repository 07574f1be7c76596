using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The one builder there is.</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly List<Resource> resources = [];
    private readonly Lazy<DataFolder> folder;
    private readonly Lazy<SecretStore> secrets;

    public DistributedApplicationBuilder(string appHostDirectory, string[] args)
    {
        AppHostDirectory = appHostDirectory;
        Configuration
            .AddJsonFile(Path.Combine(appHostDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddCommandLine(args);
        folder = new(() => DataFolder.Open(Configuration["EQUECEL_DATA"] ?? Path.Combine(AppHostDirectory, "..", ".data")));
        secrets = new(() => new SecretStore(folder.Value.SecretsFile));
    }

    public ConfigurationManager Configuration { get; } = new();

    public string AppHostDirectory { get; }

    public static DistributedApplicationBuilder Of(IDistributedApplicationBuilder builder) => (DistributedApplicationBuilder)builder;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (resources.Exists(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"There are two resources named '{resource.Name}': rename one.");
        }

        resources.Add((Resource)(object)resource);
        return new Builder<T>(this, resource);
    }

    public ParameterResource CreateParameter(string name, bool secret) => new(
        name,
        () => Configuration[$"Parameters:{name}"]
            ?? (secret
                ? secrets.Value.GetOrCreate($"Parameters:{name}")
                : throw new DistributedApplicationException($"Parameter '{name}' has no value: set Parameters__{name} in the environment.")),
        secret);

    public DistributedApplication Build() => new(() => new Platform(resources, folder.Value, Configuration["ASPNETCORE_URLS"]));

    private sealed record Builder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
        where T : IResource;
}
