using System.Text.Json;

namespace Equecel.Benchmarks.Running;

/// <summary>What the AppHost says of its resources.</summary>
/// <param name="Ready">Whether all are ready.</param>
/// <param name="Resources">The resources.</param>
internal sealed record ResourceList(bool Ready, IReadOnlyList<PlatformResource> Resources)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Those that are processes.</summary>
    public IEnumerable<PlatformResource> Processes => Resources.Where(resource => resource.Pid is not null && resource.Endpoints.Count > 0);

    /// <summary>Those that are services of ours.</summary>
    public IEnumerable<PlatformResource> Services => Processes.Where(resource => resource.Endpoints.Any(endpoint => endpoint.Name == "http"));

    /// <summary>A resource by name.</summary>
    public PlatformResource this[string name] => Resources.Single(resource => resource.Name == name);

    /// <summary>Reads the answer of <c>/resources</c>.</summary>
    public static ResourceList Parse(string json) => JsonSerializer.Deserialize<ResourceList>(json, Web)!;
}

/// <summary>One resource.</summary>
/// <param name="Name">Its name in the AppHost.</param>
/// <param name="Pid">Process id; null while none runs, and for a database.</param>
/// <param name="ReadyAfterSeconds">Seconds from the AppHost's start until it was ready; null until then.</param>
/// <param name="Endpoints">Where it listens.</param>
internal sealed record PlatformResource(string Name, int? Pid, double? ReadyAfterSeconds, IReadOnlyList<PlatformEndpoint> Endpoints);

/// <summary>Where a resource listens.</summary>
/// <param name="Name">Name of the endpoint.</param>
/// <param name="Url">Its address.</param>
internal sealed record PlatformEndpoint(string Name, Uri Url);
